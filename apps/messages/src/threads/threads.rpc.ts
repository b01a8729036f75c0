import { HandleRpc, requireActor } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { ThreadsService } from './threads.service.ts';

@Controller()
export class ThreadsRpc {
  constructor(private readonly service: ThreadsService) {}

  @HandleRpc(messages.threads)
  threads(input: ParsedInputOf<typeof messages.threads>, call: Call) {
    return this.service.list(requireActor(call), input);
  }
}
