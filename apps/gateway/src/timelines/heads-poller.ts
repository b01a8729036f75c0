import { RpcClient } from '@atrium/bus';
import { messages } from '@atrium/contracts';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { TimelineFanout } from './timeline-fanout.ts';

const MAX_ROOMS_PER_CALL = 5000;
/** How long a last entry may stay unseen when its publisher was killed between commit and publishing. */
const EVERY_MS = 5000;

/**
 * Asks every 5 s where the open rooms stand. A lost last entry has no successor that would reveal it; this is what
 * does.
 */
@Injectable()
export class HeadsPoller implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('heads');
  private timer: NodeJS.Timeout | undefined;
  private polling = false;

  constructor(
    private readonly rpc: RpcClient,
    private readonly fanout: TimelineFanout,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.poll(), EVERY_MS);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async poll(): Promise<void> {
    // Behind a slow service the rounds would pile up.
    if (this.polling) return;
    this.polling = true;
    try {
      await this.ask(this.fanout.roomIds);
    } catch (error) {
      this.logger.warn(`heads could not be asked: ${(error as Error).message}`);
    } finally {
      this.polling = false;
    }
  }

  private async ask(roomIds: readonly string[]): Promise<void> {
    for (let start = 0; start < roomIds.length; start += MAX_ROOMS_PER_CALL) {
      const { heads } = await this.rpc.call(messages.heads, { roomIds: roomIds.slice(start, start + MAX_ROOMS_PER_CALL) });
      for (const [roomId, head] of Object.entries(heads)) this.fanout.tellHead(roomId, head);
    }
  }
}
