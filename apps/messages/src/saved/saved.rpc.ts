import { HandleRpc, requireActor } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { SavedService } from './saved.service.ts';

@Controller()
export class SavedRpc {
  constructor(private readonly service: SavedService) {}

  @HandleRpc(messages.saved)
  saved(input: ParsedInputOf<typeof messages.saved>, call: Call) {
    return this.service.list(requireActor(call), input);
  }

  @HandleRpc(messages.save)
  save(input: ParsedInputOf<typeof messages.save>, call: Call) {
    return this.service.save(requireActor(call), input.messageId);
  }

  @HandleRpc(messages.unsave)
  unsave(input: ParsedInputOf<typeof messages.unsave>, call: Call) {
    return this.service.unsave(requireActor(call), input.messageId);
  }
}
