import { RpcClient, type CallOptions } from '@atrium/bus';
import { files, messages } from '@atrium/contracts';
import { Injectable, Logger } from '@nestjs/common';

const SETTLE_WITHIN_MS = 1200;

/**
 * Waits until the services that keep a projection have taken in a change, so that who made it reads it everywhere.
 * A second at most: the change stands whether or not they answer, and they will take it in.
 */
@Injectable()
export class Settler {
  private readonly logger = new Logger('settle');

  constructor(private readonly rpc: RpcClient) {}

  async roomChanged(eventId: string | null, call: CallOptions): Promise<void> {
    if (eventId === null) return;
    await Promise.all([this.settle(messages.settle, eventId, call), this.settle(files.settle, eventId, call)]);
  }

  /** Waits for the log alone. */
  async logged(eventId: string | null, call: CallOptions): Promise<void> {
    if (eventId !== null) await this.settle(messages.settle, eventId, call);
  }

  private async settle(rpc: typeof messages.settle | typeof files.settle, eventId: string, call: CallOptions): Promise<void> {
    const deadlineAt = Date.now() + SETTLE_WITHIN_MS;
    try {
      const { settled } = await this.rpc.call(rpc, { eventId }, { ...call, deadlineAt });
      if (!settled) this.logger.warn({ msg: 'not settled in time', service: rpc.service, eventId, requestId: call.requestId });
    } catch (error) {
      this.logger.warn({
        msg: 'could not wait',
        service: rpc.service,
        eventId,
        requestId: call.requestId,
        reason: (error as Error).message,
      });
    }
  }
}
