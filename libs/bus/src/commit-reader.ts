import { decodeCommit } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import type { TimelineBatch } from './decorators.ts';
import type { Delivery } from './durable-consumer.ts';
import { KeyedQueue } from './keyed-queue.ts';

/** Whether a reader wants messages that the contract of timelines calls plain, told from their encoded text. */
export type WantsPlain = (entries: string, roomId: string) => Promise<boolean>;

/** Which plain messages each reader of timelines wants; all of them unless it says so. */
@Injectable()
export class PlainFilters {
  private readonly filters = new Map<string, WantsPlain>();

  /** Lets a reader pass over plain messages that it does not want, which spares decoding them. */
  use(consumer: string, wants: WantsPlain): void {
    this.filters.set(consumer, wants);
  }

  wants(consumer: string, entries: string, roomId: string): Promise<boolean> {
    return this.filters.get(consumer)?.(entries, roomId) ?? Promise.resolve(true);
  }
}

/**
 * Hands a commit to its reader room by room: the rooms of a commit side by side, one room's commits in their order.
 * A commit is taken in when all of its rooms are; where one fails, all of it comes again. Plain messages that the reader
 * does not want are passed over before they are decoded, since that is nearly all of them.
 */
export function commitReader(
  read: (batch: TimelineBatch, context: undefined) => Promise<unknown>,
  wantsPlain: WantsPlain = () => Promise.resolve(true),
): (delivery: Delivery) => Promise<void> {
  const rooms = new KeyedQueue();
  return async ({ id, text }) => {
    const reading = decodeCommit(text).map(({ header: { roomId, plain }, entries }) =>
      rooms.add(roomId, async () => {
        if (plain && !(await wantsPlain(entries, roomId))) return;
        await read({ id, roomId, entries: JSON.parse(`[${entries}]`) }, undefined);
      }),
    );
    const failed = (await Promise.allSettled(reading)).find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  };
}
