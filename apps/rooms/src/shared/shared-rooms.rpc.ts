import { HandleRpc, requireActor } from '@atrium/bus';
import { rooms, type Call, type OutputOf, type ParsedInputOf, type RpcHandlers } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { SharedRooms } from './shared-rooms.service.ts';

@Controller()
export class SharedRoomsRpc implements RpcHandlers<Pick<typeof rooms, 'sharedRooms'>> {
  constructor(private readonly shared: SharedRooms) {}

  @HandleRpc(rooms.sharedRooms)
  async sharedRooms({ userId }: ParsedInputOf<typeof rooms.sharedRooms>, call: Call): Promise<OutputOf<typeof rooms.sharedRooms>> {
    return { items: await this.shared.of(requireActor(call), userId) };
  }
}
