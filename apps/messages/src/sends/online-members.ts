import { RpcClient } from '@atrium/bus';
import { rooms } from '@atrium/contracts';
import { Injectable, Logger } from '@nestjs/common';

/** Who of a room is online, asked before the batch for the few messages that call them. */
@Injectable()
export class OnlineMembers {
  private readonly logger = new Logger('online-members');

  constructor(private readonly rpc: RpcClient) {}

  /** Nobody, when rooms does not answer: then presence is silent everywhere. */
  async of(roomId: string): Promise<string[]> {
    try {
      return (await this.rpc.call(rooms.onlineMembers, { roomId })).userIds;
    } catch (error) {
      this.logger.warn(`those online are not called: ${(error as Error).message}`);
      return [];
    }
  }
}
