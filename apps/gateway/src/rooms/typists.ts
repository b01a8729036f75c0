import { RpcClient, type CallOptions } from '@atrium/bus';
import { rooms } from '@atrium/contracts';
import { Injectable, Logger } from '@nestjs/common';

/** As long as the rooms service remembers that somebody types. */
const REMEMBERED_MS = 8000;
const SWEEP_ABOVE = 10_000;

/** Who was said to be typing through this gateway, so that their message can end it at once. */
@Injectable()
export class Typists {
  private readonly logger = new Logger('typists');
  private readonly until = new Map<string, number>();

  constructor(private readonly rpc: RpcClient) {}

  async set(call: CallOptions, { roomId, typing }: { roomId: string; typing: boolean }): Promise<void> {
    await this.rpc.call(rooms.setTyping, { roomId, typing }, call);
    const key = keyOf(call, roomId);
    if (!typing) return void this.until.delete(key);
    this.until.set(key, Date.now() + REMEMBERED_MS);
    if (this.until.size > SWEEP_ABOVE) this.sweep();
  }

  /** Costs a look-up for whoever did not type; the message itself never waits for it. */
  messageSent(call: CallOptions, roomId: string): void {
    if (this.until.size === 0) return;
    const until = this.until.get(keyOf(call, roomId));
    if (until === undefined) return;
    this.until.delete(keyOf(call, roomId));
    if (until < Date.now()) return;
    this.rpc
      .call(rooms.setTyping, { roomId, typing: false }, { actorId: call.actorId, requestId: call.requestId })
      .catch((error: unknown) => this.logger.warn(`typing ends by itself: ${(error as Error).message}`));
  }

  private sweep(): void {
    const now = Date.now();
    for (const [key, until] of this.until) if (until < now) this.until.delete(key);
  }
}

const keyOf = (call: CallOptions, roomId: string) => `${call.actorId}:${roomId}`;
