import type { Message } from '@atrium/contracts';
import { Outbox } from '@atrium/database';
import { Injectable } from '@nestjs/common';
import { DatabaseError, type PoolClient } from 'pg';
import { commitOf, encodeEntry, messageEntry, roomTimeline, type Commit, type RoomTimeline } from '../log/log-entry.ts';
import { reopenRooms, type Reopened } from '../hidden/reopened-rooms.ts';
import type { Told } from '../notifications/decide-query.ts';
import { occasionsOf, storeNotifications, storeRoomCalls } from '../notifications/send-notifications.ts';
import { LogPool } from './log-pool.ts';
import { plainArray } from './plain-array.ts';
import { decideSends, type Decision, type Send } from './send-decisions.ts';
import { readEarlier, readFacts } from './send-facts.ts';
import { attachedEvents, storeSentDrafts } from './sent-drafts.ts';
import { storeThreadsAndMentions } from './send-effects.ts';

type Stored = Extract<Decision, { kind: 'store' }>;
type Attached = ReturnType<typeof attachedEvents>;
/** What a batch came to: what was decided of each send, and what those who wait for it are to be told. */
export type Committed = {
  decisions: Decision[];
  timelines: RoomTimeline[];
  commit: Commit | undefined;
  attached: Attached;
  told: Told[];
  reopened: Reopened[];
};

/** One send that was stored before is seldom alone: its client, or its gateway, comes back with others. */
const REPEATS_FOLLOW_MS = 10_000;

/**
 * Stores a batch of sends in one transaction. Commits are what costs, so whatever waited during the last one shares
 * the next: rooms locked in one statement, facts read in a few, and messages, heads and outbox written in one.
 */
@Injectable()
export class SendBatchRepository {
  private repeatsUntil = 0;

  constructor(
    private readonly pool: LogPool,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Nearly nothing is sent twice, and looking for each send took as long as half of storing it. So it is stored without
   * looking; the index of client ids refuses what is there already, and then all of the batch is looked for.
   */
  async store(sends: readonly Send[]): Promise<Committed> {
    if (Date.now() < this.repeatsUntil) return this.attempt(sends, 'first');
    try {
      return await this.attempt(sends, 'if refused');
    } catch (error) {
      if (!isStoredBefore(error)) throw error;
      this.repeatsUntil = Date.now() + REPEATS_FOLLOW_MS;
      return this.attempt(sends, 'first');
    }
  }

  private async attempt(sends: readonly Send[], looksForEarlier: 'first' | 'if refused'): Promise<Committed> {
    const client = await this.pool.connect();
    let broken = true;
    try {
      const committed = await this.inTransaction(client, sends, looksForEarlier);
      broken = false;
      return committed;
    } finally {
      // After a failure the connection may hold a half-done transaction: a new one is cheaper than finding out.
      client.release(broken);
    }
  }

  private async inTransaction(client: PoolClient, sends: readonly Send[], looksForEarlier: 'first' | 'if refused'): Promise<Committed> {
    const [, facts] = await Promise.all([client.query('begin'), readFacts(client, sends)]);
    const now = new Date();
    const decide = async () => decideSends(sends, { ...facts, earlier: await readEarlier(client, sends) }, now);
    let decisions = looksForEarlier === 'first' ? await decide() : decideSends(sends, { ...facts, earlier: new Map() }, now);
    // Whoever may not send any more is still told what became of what they sent when they might.
    if (looksForEarlier === 'if refused' && decisions.some(({ kind }) => kind === 'refuse')) decisions = await decide();
    const stored = decisions.filter((decision) => decision.kind === 'store');
    const timelines = timelinesOf(stored.map((decision) => decision.message));
    const commit = stored.length > 0 ? commitOf(timelines) : undefined;
    const attached = attachedEvents(stored);
    // Statements on one connection run in order, and a commit after one that failed rolls back.
    const [, told, , reopened] = await Promise.all([
      commit && this.insert(client, stored, commit),
      storeNotifications(client, occasionsOf(stored)),
      storeRoomCalls(client, messagesOf(stored)),
      reopenRooms(client, directRoomsOf(stored)),
      storeThreadsAndMentions(client, stored),
      storeSentDrafts(client, stored, attached),
      client.query('commit'),
    ]);
    return { decisions, timelines, commit, attached, told, reopened };
  }

  /**
   * The one statement of the hot path. `unnest` turns arrays into rows, so that its text, and with it the prepared
   * plan, is the same for one message and for two thousand. Rows that JetStream has confirmed since the last batch
   * leave the outbox here, which saves a commit of their own.
   */
  private async insert(client: PoolClient, stored: readonly Stored[], commit: Commit): Promise<void> {
    const messages = stored.map((decision) => decision.message);
    const heads = new Map(messages.map((message) => [message.roomId, message.seq]));
    await client.query({
      name: 'insert-batch',
      text: `
        with input as (
          select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::jsonb[], $9::uuid[], $10::text[], $11::timestamptz[], $12::bool[])
            as t (id, room_id, seq, client_id, author_id, kind, body, mentions, parent_id, file_ids, created_at, also_in_room)
        ), stored as (
          insert into messages (id, room_id, seq, client_id, author_id, kind, body, mentions, parent_id, file_ids, created_at, also_in_room)
          select id, room_id, seq, client_id, author_id, kind, body, mentions, parent_id, file_ids::uuid[], created_at, also_in_room from input
        ), heads as (
          update rooms set last_seq = h.last_seq from unnest($13::uuid[], $14::int[]) as h (id, last_seq) where rooms.id = h.id
        ), told as (
          insert into outbox (id, subject, payload) values ($15, $16, $17)
        )
        delete from outbox where id = any($18::uuid[])`,
      values: [
        ...messageColumns(messages),
        plainArray([...heads.keys()]),
        plainArray([...heads.values()]),
        commit.id,
        commit.subject,
        commit.pointer,
        plainArray(this.outbox.takePublished()),
      ],
    });
  }
}

function messageColumns(messages: readonly Message[]): unknown[] {
  return [
    plainArray(messages.map((m) => m.id)),
    plainArray(messages.map((m) => m.roomId)),
    plainArray(messages.map((m) => m.seq)),
    messages.map((m) => m.clientId ?? null),
    plainArray(messages.map((m) => m.authorId)),
    plainArray(messages.map((m) => m.kind)),
    messages.map((m) => m.body),
    messages.map((m) => (hasMentions(m) ? JSON.stringify(m.mentions) : null)),
    plainArray(messages.map((m) => m.parentId ?? null)),
    messages.map((m) => (m.files.length > 0 ? `{${m.files.map((file) => file.id).join(',')}}` : null)),
    plainArray(messages.map((m) => m.createdAt)),
    plainArray(messages.map((m) => m.alsoInRoom === true)),
  ];
}

const isStoredBefore = (error: unknown): boolean => error instanceof DatabaseError && error.constraint === 'messages_client_id';

export function hasMentions({ mentions }: Message): boolean {
  return mentions.userIds.length > 0 || mentions.room || mentions.here || mentions.moderators;
}

/** The messages that are stored anew. */
export const messagesOf = (decisions: readonly Decision[]): Message[] =>
  decisions.flatMap((decision) => (decision.kind === 'store' ? [decision.message] : []));

const directRoomsOf = (stored: readonly Stored[]): string[] => [
  ...new Set(stored.flatMap(({ message, isDirect }) => (isDirect ? [message.roomId] : []))),
];

/** What this commit adds to each room, in the order of the batch. */
function timelinesOf(messages: readonly Message[]): RoomTimeline[] {
  return [...Map.groupBy(messages, (message) => message.roomId)].map(([roomId, added]) => {
    const plain = !added.some(({ body }) => body.trimStart().startsWith('/'));
    const header = { roomId, fromSeq: added[0]!.seq, toSeq: added.at(-1)!.seq, ...(plain && { plain }) };
    return roomTimeline(
      header,
      added.map((message) => encodeEntry(messageEntry(message))),
    );
  });
}
