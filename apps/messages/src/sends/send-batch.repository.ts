import type { Message } from '@atrium/contracts';
import { Outbox, uuidv7 } from '@atrium/database';
import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { encodeEntry, messageEntry, timelineRow } from '../log/log-entry.ts';
import { LogPool } from './log-pool.ts';
import { decideSends, type Decision, type Send } from './send-decisions.ts';
import { readFacts } from './send-facts.ts';
import { storeThreadsAndMentions } from './send-effects.ts';

type OutboxRow = { id: string; subject: string; payload: string };
type Stored = Extract<Decision, { kind: 'store' }>;

/**
 * Stores a batch of sends in one transaction. Commits are what costs, so whatever waited during the last one shares
 * the next: rooms locked in one statement, facts read in a few, and messages, heads and outbox written in one.
 */
@Injectable()
export class SendBatchRepository {
  constructor(private readonly pool: LogPool, private readonly outbox: Outbox) {}

  async store(sends: readonly Send[]): Promise<Decision[]> {
    const client = await this.pool.connect();
    let broken = true;
    try {
      const result = await this.inTransaction(client, sends);
      broken = false;
      this.outbox.publishCommitted(result.rows);
      return result.decisions;
    } finally {
      // After a failure the connection may hold a half-done transaction: a new one is cheaper than finding out.
      client.release(broken);
    }
  }

  private async inTransaction(client: PoolClient, sends: readonly Send[]): Promise<{ decisions: Decision[]; rows: OutboxRow[] }> {
    await client.query('begin');
    const decisions = decideSends(sends, await readFacts(client, sends), new Date());
    const stored = decisions.filter((decision) => decision.kind === 'store');
    const rows = timelineRows(stored.map((decision) => decision.message));
    if (stored.length > 0) {
      await this.insert(client, stored, rows);
      await storeThreadsAndMentions(client, stored);
    }
    await client.query('commit');
    return { decisions, rows };
  }

  /**
   * The one statement of the hot path. `unnest` turns arrays into rows, so that its text, and with it the prepared
   * plan, is the same for one message and for two thousand. Rows that JetStream has confirmed since the last batch
   * leave the outbox here, which saves a commit of their own.
   */
  private async insert(client: PoolClient, stored: readonly Stored[], rows: readonly OutboxRow[]): Promise<void> {
    const messages = stored.map((decision) => decision.message);
    const heads = new Map(messages.map((message) => [message.roomId, message.seq]));
    await client.query({
      name: 'insert-batch',
      text: `
        with input as (
          select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::jsonb[], $9::uuid[], $10::text[], $11::timestamptz[])
            as t (id, room_id, seq, client_id, author_id, kind, body, mentions, parent_id, file_ids, created_at)
        ), stored as (
          insert into messages (id, room_id, seq, client_id, author_id, kind, body, mentions, parent_id, file_ids, created_at)
          select id, room_id, seq, client_id, author_id, kind, body, mentions, parent_id, file_ids::uuid[], created_at from input
        ), heads as (
          update rooms set last_seq = h.last_seq from unnest($12::uuid[], $13::int[]) as h (id, last_seq) where rooms.id = h.id
        ), told as (
          insert into outbox (id, subject, payload) select * from unnest($14::uuid[], $15::text[], $16::text[])
        )
        delete from outbox where id = any($17::uuid[])`,
      values: [
        ...messageColumns(messages),
        [...heads.keys()],
        [...heads.values()],
        rows.map((row) => row.id),
        rows.map((row) => row.subject),
        rows.map((row) => row.payload),
        this.outbox.takePublished(),
      ],
    });
  }
}

function messageColumns(messages: readonly Message[]): unknown[][] {
  return [
    messages.map((m) => m.id),
    messages.map((m) => m.roomId),
    messages.map((m) => m.seq),
    messages.map((m) => m.clientId ?? null),
    messages.map((m) => m.authorId),
    messages.map((m) => m.kind),
    messages.map((m) => m.body),
    messages.map((m) => (hasMentions(m) ? JSON.stringify(m.mentions) : null)),
    messages.map((m) => m.parentId ?? null),
    messages.map((m) => (m.files.length > 0 ? `{${m.files.map((file) => file.id).join(',')}}` : null)),
    messages.map((m) => m.createdAt),
  ];
}

export function hasMentions({ mentions }: Message): boolean {
  return mentions.userIds.length > 0 || mentions.room || mentions.here || mentions.moderators;
}

/** Entries of one room that follow each other and travel together; `length` is theirs in UTF-16 units. */
type Portion = { fromSeq: number; encoded: string[]; length: number };

/** Three bytes at most for each unit: well under what one message of NATS holds. */
const MAX_PORTION = 200_000;

const outboxRow = (roomId: string, { fromSeq, encoded }: Portion): OutboxRow => ({
  id: uuidv7(),
  ...timelineRow({ roomId, fromSeq, toSeq: fromSeq + encoded.length - 1 }, encoded),
});

/** What this commit adds to each room's timeline, encoded once for every reader: one row a room unless it is long. */
function timelineRows(messages: readonly Message[]): OutboxRow[] {
  const byRoom = new Map<string, Portion[]>();
  for (const message of messages) {
    const encoded = encodeEntry(messageEntry(message));
    const portions = byRoom.get(message.roomId) ?? [];
    byRoom.set(message.roomId, portions);
    const last = portions.at(-1);
    if (last && last.length + encoded.length <= MAX_PORTION) {
      last.encoded.push(encoded);
      last.length += encoded.length;
    } else portions.push({ fromSeq: message.seq, encoded: [encoded], length: encoded.length });
  }
  return [...byRoom].flatMap(([roomId, portions]) => portions.map((portion) => outboxRow(roomId, portion)));
}
