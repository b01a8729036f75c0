import { HandleRpc, requireActor } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { HiddenRooms } from './hidden-rooms.ts';

@Controller()
export class HiddenRoomsRpc {
  constructor(private readonly hidden: HiddenRooms) {}

  @HandleRpc(messages.setHidden)
  setHidden(input: ParsedInputOf<typeof messages.setHidden>, call: Call) {
    return this.hidden.set(requireActor(call), input);
  }
}
