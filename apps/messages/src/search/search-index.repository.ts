import { Dictionary, searchText, textArray, uuidArray } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { setImmediate } from 'node:timers/promises';
import type { MessageRow } from '../messages/message.row.ts';
import { LinkJobs } from '../previews/link-jobs.ts';
import { plainArray } from '../sends/plain-array.ts';
import { mark, marksOfMentions } from './marks.ts';
import { readable } from './readable.ts';

/** Entries of one room that are taken in at once, so that a transaction stays short however many rooms are behind. */
const PORTION = 100;
/** Reading a message takes up to some milliseconds, in which a process that answers others must not stand still. */
const TURN_MS = 2;

type Due = { room_id: string; after: number; until: number };
type Read = Pick<MessageRow, 'id' | 'room_id' | 'seq' | 'author_id' | 'body' | 'mentions' | 'deleted_at' | 'version'> & {
  edited_at: string | null;
  created_at: string;
  is_pinned: boolean;
  has_reactions: boolean;
  has_files: boolean;
  has_image: boolean;
};
/** How far the index is behind: entries, and how old the oldest of them is. */
export type Behind = { rooms: string[]; entries: number };

/** The index of messages, as far as the logs have been read. */
@Injectable()
export class SearchIndexRepository {
  constructor(private readonly links: LinkJobs) {}

  /** Rooms whose logs hold more than was read. Of all rooms, or of those that one person is in. */
  async findBehind(em: EntityManager, limit: number, readerId?: string): Promise<Behind> {
    const rooms =
      readerId === undefined ? 'rooms r' : 'access a join rooms r on r.id = a.room_id and a.user_id = ? and a.removed_at is null';
    const rows = await em.execute<{ id: string; entries: number }[]>(
      `select r.id, r.last_seq - coalesce(p.seq, 0) as entries from ${rooms}
         left join lateral (select seq from search_progress where room_id = r.id limit 1) p on true
        where r.last_seq > coalesce(p.seq, 0) limit ${limit}`,
      readerId === undefined ? [] : [readerId],
    );
    return { rooms: rows.map(({ id }) => id), entries: rows.reduce((sum, row) => sum + row.entries, 0) };
  }

  /** How old the oldest entry is that was not read of these rooms, in milliseconds. */
  async findAge(em: EntityManager, roomIds: readonly string[]): Promise<number> {
    if (roomIds.length === 0) return 0;
    const [row] = await em.execute<{ ms: number | null }[]>(
      `select (extract(epoch from now() - min(e.at)) * 1000)::int as ms from unnest(?::uuid[]) as w (room_id)
         left join lateral (select seq from search_progress where room_id = w.room_id limit 1) p on true
         cross join lateral (
           (select created_at as at from messages where room_id = w.room_id and seq > coalesce(p.seq, 0) order by seq limit 1)
           union all (select at from entries where room_id = w.room_id and seq > coalesce(p.seq, 0) order by seq limit 1)) e`,
      [uuidArray(roomIds)],
    );
    return Math.max(0, row?.ms ?? 0);
  }

  /**
   * Reads on in some rooms, as far as nobody else is reading there.
   * @returns those with more than was read of them at once, or whose reader may not have seen all, and whether any was read on
   */
  async advance(tx: EntityManager, roomIds: readonly string[]): Promise<{ left: string[]; isMoved: boolean }> {
    // What a crash of the database loses of the index it loses of the progress too.
    await tx.execute('set local synchronous_commit = off');
    const ids = uuidArray([...roomIds].sort());
    // Held until the end, so that a purge, which closes the log first, finds what is added here.
    await tx.execute(
      `insert into search_progress (room_id, seq)
       select id, 0 from rooms r where id = any(?::uuid[]) and last_seq > 0
          and not exists (select 1 from search_progress p where p.room_id = r.id) order by id for key share on conflict do nothing`,
      [ids],
    );
    const due = await tx.execute<Due[]>(
      `select p.room_id, p.seq as after, r.last_seq as until from search_progress p join rooms r on r.id = p.room_id
        where p.room_id = any(?::uuid[]) and r.last_seq > p.seq order by p.room_id for update of p skip locked`,
      [ids],
    );
    const read = await this.read(tx, due);
    await this.store(tx, read.messages);
    await this.links.add(tx, read.messages);
    await tx.execute(
      `update search_progress p set seq = r.seq from jsonb_to_recordset(?::jsonb) as r (room_id uuid, seq int) where p.room_id = r.room_id`,
      [JSON.stringify(read.reached)],
    );
    const until = new Map(due.map((room) => [room.room_id, room.until]));
    const cut = read.reached.filter(({ room_id, seq }) => seq < until.get(room_id)!).map(({ room_id }) => room_id);
    const elsewhere = await this.stillBehind(
      tx,
      roomIds.filter((roomId) => !until.has(roomId)),
    );
    return { left: [...cut, ...elsewhere], isMoved: due.length > 0 };
  }

  private async stillBehind(tx: EntityManager, roomIds: readonly string[]): Promise<string[]> {
    if (roomIds.length === 0) return [];
    const rows = await tx.execute<{ id: string }[]>(
      `select r.id from unnest(?::uuid[]) as w (id) cross join lateral (
         select id from rooms where id = w.id and last_seq > (select seq from search_progress where room_id = w.id) limit 1) r`,
      [uuidArray(roomIds)],
    );
    return rows.map(({ id }) => id);
  }

  /** New messages, and those that entries are about: edited, deleted, pinned, reacted to. */
  private async read(tx: EntityManager, due: readonly Due[]): Promise<{ messages: Read[]; reached: { room_id: string; seq: number }[] }> {
    if (due.length === 0) return { messages: [], reached: [] };
    const range = (table: string) => `jsonb_to_recordset(?::jsonb) as d (room_id uuid, after int, until int)
      cross join lateral (select * from ${table} l where l.room_id = d.room_id and l.seq > d.after and l.seq <= d.until order by l.seq limit ${PORTION}) m`;
    const added = await tx.execute<Read[]>(`select ${COLUMNS} from ${range('messages')}`, [JSON.stringify(due)]);
    const entries = await tx.execute<{ room_id: string; seq: number; message_id: string | null }[]>(
      `select m.room_id, m.seq, coalesce(m.message_id, (m.data ->> 'messageId')::uuid) as message_id from ${range('entries')}`,
      [JSON.stringify(due)],
    );
    const reached = due.map((room) => ({ room_id: room.room_id, seq: Math.min(end(added, room), end(entries, room)) }));
    const known = new Set(added.map(({ id }) => id));
    const changed = [...new Set(entries.flatMap(({ message_id }) => message_id ?? []))].filter((id) => !known.has(id));
    if (changed.length === 0) return { messages: added, reached };
    const touched = await tx.execute<Read[]>(`select ${COLUMNS} from messages m where m.id = any(?::uuid[])`, [uuidArray(changed)]);
    return { messages: [...added, ...touched], reached };
  }

  private async store(tx: EntityManager, messages: readonly Read[]): Promise<void> {
    if (messages.length === 0) return;
    const gone = messages.filter(({ deleted_at }) => deleted_at !== null);
    if (gone.length > 0)
      await tx.execute('delete from message_search where message_id = any(?::uuid[])', [uuidArray(gone.map(({ id }) => id))]);
    const kept = messages.filter(({ deleted_at }) => deleted_at === null);
    const rows = await inTurns(kept, rowOf);
    await Dictionary.add(
      tx,
      rows.flatMap(({ lexemes }) => lexemes),
    );
    // Arrays and terms in PostgreSQL's own notation: reading them out of JSON took half of this statement's time.
    await tx.execute(
      `insert into message_search (message_id, room_id, created_at, edited_at, folded, words, terms)
       select message_id, room_id, created_at, edited_at, folded, words, terms::tsvector
         from unnest(?::uuid[], ?::uuid[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::int[], ?::text[])
           as d (message_id, room_id, created_at, edited_at, folded, words, terms) order by message_id
       on conflict (message_id) do update set edited_at = excluded.edited_at, folded = excluded.folded, words = excluded.words, terms = excluded.terms`,
      [
        uuidArray(rows.map((row) => row.message_id)),
        uuidArray(rows.map((row) => row.room_id)),
        plainArray(rows.map((row) => row.created_at)),
        plainArray(rows.map((row) => row.edited_at)),
        textArray(rows.map((row) => row.folded)),
        plainArray(rows.map((row) => row.words)),
        textArray(rows.map((row) => vectorOf([...row.lexemes, ...row.marks]))),
      ],
    );
  }
}

/** A `tsvector` as PostgreSQL reads it. */
const vectorOf = (terms: readonly string[]): string => terms.map((term) => `'${term.replace(/['\\]/g, '$&$&')}'`).join(' ');

async function inTurns<T, R>(items: readonly T[], work: (item: T) => R): Promise<R[]> {
  const done: R[] = [];
  let until = Date.now() + TURN_MS;
  for (const item of items) {
    done.push(work(item));
    if (Date.now() < until) continue;
    await setImmediate();
    until = Date.now() + TURN_MS;
  }
  return done;
}

/** Times as text: they are compared with what is stored to the microsecond. */
const COLUMNS = `m.id, m.room_id, m.seq, m.author_id, m.body, m.mentions, m.version, m.deleted_at, m.edited_at::text, m.created_at::text,
  m.pinned_at is not null as is_pinned, m.reactions is not null as has_reactions, coalesce(cardinality(m.file_ids), 0) > 0 as has_files,
  m.file_ids is not null and exists (select 1 from files f where f.id = any(m.file_ids) and f.content_type like 'image/%') as has_image`;

/** How far a room is read when a portion was cut off. */
function end(rows: readonly { room_id: string; seq: number }[], room: Due): number {
  const own = rows.filter(({ room_id }) => room_id === room.room_id);
  return own.length < PORTION ? room.until : own.at(-1)!.seq;
}

function rowOf(message: Read) {
  const { text, hasLink } = readable(message.body);
  const { folded, lexemes, words } = searchText(text);
  const has = {
    link: hasLink,
    file: message.has_files,
    image: message.has_image,
    pin: message.is_pinned,
    reaction: message.has_reactions,
  };
  const marks = [
    mark.room(message.room_id),
    mark.author(message.author_id),
    ...Object.entries(has).flatMap(([what, is]) => (is ? mark.has(what) : [])),
    ...marksOfMentions(message.mentions),
  ];
  const { id: message_id, room_id, created_at, edited_at } = message;
  return { message_id, room_id, created_at, edited_at, folded, words, lexemes, marks };
}
