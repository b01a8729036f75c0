import { HandleRpc, requireActor } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { ReadingService } from './reading.service.ts';

@Controller()
export class ReadingRpc {
  constructor(private readonly service: ReadingService) {}

  @HandleRpc(messages.activity)
  activity(input: ParsedInputOf<typeof messages.activity>, call: Call) {
    return this.service.activity(requireActor(call), input.roomIds);
  }

  @HandleRpc(messages.heads)
  heads(input: ParsedInputOf<typeof messages.heads>) {
    return this.service.heads(input.roomIds);
  }

  @HandleRpc(messages.markRead)
  markRead(input: ParsedInputOf<typeof messages.markRead>, call: Call) {
    return this.service.markRead(requireActor(call), input);
  }
}
