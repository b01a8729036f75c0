import { RpcClient } from '@atrium/bus';
import { HEARTBEAT_SECONDS, messages } from '@atrium/contracts';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { TimelineFanout } from './timeline.fanout.ts';

const MAX_ROOMS_PER_CALL = 5000;

/**
 * Asks every 30 s where the open rooms stand. A lost last entry has no successor that would reveal it; this is what
 * does.
 */
@Injectable()
export class HeadsPoller implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('heads');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly rpc: RpcClient,
    private readonly fanout: TimelineFanout,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.poll(), HEARTBEAT_SECONDS * 1000);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async poll(): Promise<void> {
    const roomIds = this.fanout.roomIds;
    try {
      for (let start = 0; start < roomIds.length; start += MAX_ROOMS_PER_CALL) {
        const { heads } = await this.rpc.call(messages.heads, { roomIds: roomIds.slice(start, start + MAX_ROOMS_PER_CALL) });
        for (const [roomId, head] of Object.entries(heads)) this.fanout.tellHead(roomId, head);
      }
    } catch (error) {
      this.logger.warn(`heads could not be asked: ${(error as Error).message}`);
    }
  }
}
