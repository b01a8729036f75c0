import type { PayloadOf, accountEvents } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { DeletionsService } from '../changes/deletions.service.ts';

const OF_A_PERSON = [
  'saved_messages',
  'notifications',
  'notification_reads',
  'preferences',
  'notify_levels',
  'hidden_rooms',
  'thread_follows',
  'read_markers',
  'drafts',
  'scheduled_messages',
  'push_subscriptions',
  'turns',
] as const;

/** Forgets what was there for one person alone, and what they wrote where they wanted that. Once more changes nothing. */
@Injectable()
export class ClosedAccounts {
  constructor(
    private readonly em: EntityManager,
    private readonly deletions: DeletionsService,
  ) {}

  async forget({ userId, messages }: PayloadOf<typeof accountEvents.accountClosed>): Promise<void> {
    await transact(this.em, async (tx) => {
      for (const table of OF_A_PERSON) await tx.execute(`delete from ${table} where user_id = ?`, [userId]);
    });
    if (messages === 'erase') await this.deletions.removeAllOf(userId);
  }
}
