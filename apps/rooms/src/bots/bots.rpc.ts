import { HandleRpc } from '@atrium/bus';
import { rooms, type OutputOf, type ParsedInputOf, type RpcHandlers } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { BotsService } from './bots.service.ts';

@Controller()
export class BotsRpc implements RpcHandlers<Pick<typeof rooms, 'memberBots' | 'roomsOfBots'>> {
  constructor(private readonly bots: BotsService) {}

  @HandleRpc(rooms.memberBots)
  async memberBots({ roomId }: ParsedInputOf<typeof rooms.memberBots>): Promise<OutputOf<typeof rooms.memberBots>> {
    return { items: await this.bots.inRoom(roomId) };
  }

  @HandleRpc(rooms.roomsOfBots)
  async roomsOfBots({ botIds }: ParsedInputOf<typeof rooms.roomsOfBots>): Promise<OutputOf<typeof rooms.roomsOfBots>> {
    return { items: await this.bots.roomsOf(botIds) };
  }
}
