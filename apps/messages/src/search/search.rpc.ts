import { HandleRpc, requireActor } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { SearchService } from './search.service.ts';

@Controller()
export class SearchRpc {
  constructor(private readonly service: SearchService) {}

  @HandleRpc(messages.search)
  search(input: ParsedInputOf<typeof messages.search>, call: Call) {
    return this.service.search(requireActor(call), input);
  }
}
