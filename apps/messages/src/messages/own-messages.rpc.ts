import { HandleRpc, requireActor } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { OwnMessages } from './own-messages.service.ts';

@Controller()
export class OwnMessagesRpc {
  constructor(private readonly own: OwnMessages) {}

  @HandleRpc(messages.written)
  written(input: ParsedInputOf<typeof messages.written>, call: Call) {
    return this.own.written(requireActor(call), input);
  }
}
