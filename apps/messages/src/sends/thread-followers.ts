import { Signals } from '@atrium/bus';
import { messageSignals } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import type { Decision } from './send-decisions.ts';

/** More than look at one thread at once; the others learn of it when they look. */
const MOST_FOLLOWERS = 1000;

/** Tells who follows a thread that it was answered. May be lost: what is unread of it is worked out when somebody asks. */
@Injectable()
export class ThreadFollowers {
  private readonly logger = new Logger('thread-followers');

  constructor(
    private readonly em: EntityManager,
    private readonly signals: Signals,
  ) {}

  tell(decisions: readonly Decision[]): void {
    const replies = decisions.flatMap((decision) => (decision.kind === 'store' && decision.parent ? [decision.message] : []));
    const newest = new Map(replies.map((message) => [message.parentId!, message]));
    for (const [rootId, { roomId, seq }] of newest)
      this.tellOne({ rootId, roomId, seq }).catch((error: unknown) => this.logger.warn(`were not told: ${(error as Error).message}`));
  }

  private async tellOne(thread: { rootId: string; roomId: string; seq: number }): Promise<void> {
    const rows = await this.em
      .fork()
      .execute<{ user_id: string }[]>(`select user_id from thread_follows where root_id = ? and following limit ${MOST_FOLLOWERS}`, [
        thread.rootId,
      ]);
    if (rows.length > 0) this.signals.send(messageSignals.threadReplied, { ...thread, userIds: rows.map((row) => row.user_id) });
  }
}
