import pg from 'pg';
import type { History, Stored } from './history.ts';

const ENTRIES = `
  select room_id as "roomId", seq, 'message.created' as type, id as "messageId", client_id as "clientId", author_id as "authorId", null as "userId"
    from messages.messages where room_id = any($1)
  union all
  select room_id, seq, type, null, null, null, data ->> 'userId' from messages.entries where room_id = any($1)
  order by 1, 2`;

const FILES = `
  select f.id, f.status, c.status as copied, (
    select coalesce(e.data ->> 'status', e.data #>> '{file,status}') from messages.entries e
    where e.room_id = f.room_id and e.type in ('file.added', 'file.status') and coalesce(e.data ->> 'fileId', e.data #>> '{file,id}') = f.id::text
    order by e.seq desc limit 1) as told
  from files.files f left join messages.files c on c.id = f.id where f.room_id = any($1) and f.deleted_at is null`;

const CREDITS = `
  select a.user_id as "userId", a.balance, coalesce((select -sum(e.amount) from accounts.credit_entries e where e.user_id = a.user_id and e.amount < 0), 0)::int as spent
  from accounts.credit_accounts a where a.user_id = any($1)`;

/** Reads what a system has stored, as its operator. */
export class Gatherer {
  readonly #database: pg.Client;

  private constructor(database: pg.Client) {
    this.#database = database;
  }

  static async to(databaseUrl: string): Promise<Gatherer> {
    const database = new pg.Client({ connectionString: databaseUrl, application_name: 'atrium-drill' });
    // It is broken now and then, on purpose; the next query tells.
    database.on('error', () => undefined);
    await database.connect();
    return new Gatherer(database);
  }

  async heads(rooms: string[]): Promise<Map<string, number>> {
    const { rows } = await this.#database.query<{ id: string; seq: number }>(
      'select id, last_seq as seq from messages.rooms where id = any($1)',
      [rooms],
    );
    return new Map(rows.map(({ id, seq }) => [id, seq]));
  }

  async countUnfinished(rooms: string[]): Promise<number> {
    const { rowCount } = await this.#database.query(
      `select from files.files f left join messages.files c on c.id = f.id
       where f.room_id = any($1) and f.deleted_at is null and (f.status in ('stored', 'queued', 'extracting') or c.status is distinct from f.status)`,
      [rooms],
    );
    return rowCount ?? 0;
  }

  /** Rooms of which the messages service has not taken in all that happened to their people. */
  async countBehind(rooms: string[]): Promise<number> {
    const { rowCount } = await this.#database.query(
      `select from rooms.facts f left join messages.fact_heads h on h.key = f.room_id where f.room_id = any($1)
       group by f.room_id, h.version having max(f.version) > coalesce(h.version, 0)`,
      [rooms],
    );
    return rowCount ?? 0;
  }

  async gather({ rooms, people }: History): Promise<Stored> {
    const read = async <T extends pg.QueryResultRow>(sql: string, parameter: string[]) =>
      (await this.#database.query<T>(sql, [parameter])).rows;
    return {
      entries: await read<Stored['entries'][number]>(ENTRIES, rooms),
      members: await read<Stored['members'][number]>(
        'select room_id as "roomId", user_id as "userId" from rooms.members where room_id = any($1)',
        rooms,
      ),
      files: await read<Stored['files'][number]>(FILES, rooms),
      credits: await read<Stored['credits'][number]>(CREDITS, people),
    };
  }

  async change(sql: string): Promise<void> {
    await this.#database.query(sql);
  }

  async end(): Promise<void> {
    await this.#database.end();
  }
}
