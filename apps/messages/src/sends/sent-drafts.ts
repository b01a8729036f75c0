import { currentCause, eventHeaders, isTraced, type StoredMessage } from '@atrium/bus';
import { messageEvents, type PayloadOf } from '@atrium/contracts';
import { Outbox, transact, uuidv7 } from '@atrium/database';
import { RepeatedTask } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { Decision } from './send-decisions.ts';

type Stored = Extract<Decision, { kind: 'store' }>;
type Attached = PayloadOf<typeof messageEvents.attached>;

const TELL_AGAIN_EVERY_MS = 10_000;
/** Longer than files needs to say that it shows them. */
const UNCONFIRMED_MS = 5000;
const BATCH = 100;

/** What tells files of the attachments that went out with a batch of messages, each message by an event of its own. */
export function attachedEvents(stored: readonly Stored[]): StoredMessage[] {
  return stored.flatMap(({ message, drafts }) => {
    if (!drafts) return [];
    const payload: Attached = {
      roomId: message.roomId,
      messageId: message.id,
      authorId: message.authorId,
      fileIds: [...drafts],
      at: message.createdAt,
    };
    // A batch has many causes; where one of them is traced, it is known.
    const headers = eventHeaders(messageEvents.attached, payload, isTraced() ? currentCause() : undefined);
    return { id: uuidv7(), subject: messageEvents.attached.subject, payload: JSON.stringify(payload), headers };
  });
}

/** Makes the attachments of these messages the room's, in the transaction that stores them. Nothing for most batches. */
export async function storeSentDrafts(client: PoolClient, stored: readonly Stored[], events: readonly StoredMessage[]): Promise<void> {
  const sent = stored.flatMap(({ message, drafts = [] }) => drafts.map((fileId) => ({ fileId, seq: message.seq, messageId: message.id })));
  if (sent.length === 0) return;
  await Promise.all([
    client.query({
      name: 'store-sent-drafts',
      text: `update files f set draft_of = null, sent_with = s.message_id, added_seq = least(f.added_seq, s.seq)
         from unnest($1::uuid[], $2::int[], $3::uuid[]) as s (id, seq, message_id) where f.id = s.id`,
      values: [sent.map((one) => one.fileId), sent.map((one) => one.seq), sent.map((one) => one.messageId)],
    }),
    client.query({
      name: 'store-attached',
      text: 'insert into outbox (id, subject, payload, headers) select * from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[])',
      values: [
        events.map((event) => event.id),
        events.map((event) => event.subject),
        events.map((event) => event.payload),
        events.map((event) => JSON.stringify(event.headers)),
      ],
    }),
  ]);
}

/** Tells files again of attachments that it has not shown to the room: an event lost with JetStream is not told by anything else. */
@Injectable()
export class SentDrafts implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new RepeatedTask(() => this.tellAgain(UNCONFIRMED_MS), {
    everyMs: TELL_AGAIN_EVERY_MS,
    logger: new Logger('sent drafts'),
    onFailure: 'come later',
  });

  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  /** @param unconfirmedMs how long ago a message must have been sent */
  async tellAgain(unconfirmedMs: number): Promise<void> {
    await transact(this.em.fork(), async (tx) => {
      const unconfirmed = await tx.execute<Attached[]>(
        `select m.room_id as "roomId", m.id as "messageId", m.author_id as "authorId", array_agg(f.id) as "fileIds", m.created_at as at
           from files f join messages m on m.id = f.sent_with
          where f.sent_with is not null and m.created_at < now() - make_interval(secs => ?)
          group by m.id limit ${BATCH}`,
        [unconfirmedMs / 1000],
      );
      for (const attached of unconfirmed)
        await this.outbox.add(tx, messageEvents.attached, { ...attached, at: new Date(attached.at).toISOString() });
    });
  }
}
