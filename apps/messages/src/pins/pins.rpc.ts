import { HandleRpc, requireActor } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { PinsService } from './pins.service.ts';

@Controller()
export class PinsRpc {
  constructor(private readonly service: PinsService) {}

  @HandleRpc(messages.pin)
  pin(input: ParsedInputOf<typeof messages.pin>, call: Call) {
    return this.service.pin(requireActor(call), input);
  }

  @HandleRpc(messages.pins)
  pins(input: ParsedInputOf<typeof messages.pins>, call: Call) {
    return this.service.list(requireActor(call), input.roomId);
  }
}
