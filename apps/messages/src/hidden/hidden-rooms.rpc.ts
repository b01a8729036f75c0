import { HandleRpc, requireActor } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { HiddenRoomsService } from './hidden-rooms.service.ts';

@Controller()
export class HiddenRoomsRpc {
  constructor(private readonly hidden: HiddenRoomsService) {}

  @HandleRpc(messages.setHidden)
  setHidden(input: ParsedInputOf<typeof messages.setHidden>, call: Call) {
    return this.hidden.set(requireActor(call), input);
  }
}
