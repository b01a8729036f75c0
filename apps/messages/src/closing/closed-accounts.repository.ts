import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

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

@Injectable()
export class ClosedAccounts {
  async forget(tx: EntityManager, userId: string): Promise<void> {
    for (const table of OF_A_PERSON) await tx.execute(`delete from ${table} where user_id = ?`, [userId]);
  }
}
