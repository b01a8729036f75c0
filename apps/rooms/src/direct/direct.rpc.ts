import { HandleRpc } from '@atrium/bus';
import { rooms, type Call, type OutputOf, type ParsedInputOf, type RpcHandlers } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { DirectService } from './direct.service.ts';

type Answered = Pick<typeof rooms, 'openDirect' | 'onlineMembers'>;

@Controller()
export class DirectRpc implements RpcHandlers<Answered> {
  constructor(private readonly direct: DirectService) {}

  @HandleRpc(rooms.openDirect)
  openDirect(input: ParsedInputOf<typeof rooms.openDirect>, call: Call): Promise<OutputOf<typeof rooms.openDirect>> {
    return this.direct.open(input, call);
  }

  @HandleRpc(rooms.onlineMembers)
  async onlineMembers({ roomId }: ParsedInputOf<typeof rooms.onlineMembers>): Promise<OutputOf<typeof rooms.onlineMembers>> {
    return { userIds: await this.direct.onlineIn(roomId) };
  }
}
