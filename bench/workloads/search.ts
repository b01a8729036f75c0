import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { Histogram } from '../load/histogram.ts';

export type SearchResult = { messages: number; indexedPerSecond: number; kinds: { what: string; latencies: Histogram }[] };
type Options = {
  messages: number;
  databaseUrl: string;
  /** A room, and who is in it. */
  roomId: string;
  authorId: string;
  search: (query: string) => Promise<void>;
};

const BATCH = 5000;
const WORDS = 20_000;
const WORDS_EACH = 12;
const QUERIES = 60;
const SYLLABLES = ['ka', 'lo', 'mi', 'ne', 'tur', 'ves', 'pra', 'dol', 'shi', 'gan', 'ber', 'qui', 'ost', 'lum', 'fer', 'zan'];

/** Fills a room straight in the database, waits for the index to have read it, and searches it in every way there is. */
export async function search(options: Options): Promise<SearchResult> {
  const client = new pg.Client({ connectionString: options.databaseUrl });
  await client.connect();
  try {
    const startedAt = performance.now();
    await fill(client, options);
    await untilIndexed(client, options.roomId);
    const indexedPerSecond = options.messages / ((performance.now() - startedAt) / 1000);
    const kinds = [];
    for (const [what, query] of Object.entries(KINDS)) kinds.push({ what, latencies: await measure(options, query) });
    return { messages: options.messages, indexedPerSecond, kinds };
  } finally {
    await client.end();
  }
}

/** Words are as frequent as in a language: the nth is said one nth as often as the first. */
const KINDS: Record<string, (i: number) => string> = {
  'a common word': (i) => word(i % 5),
  'an ordinary word': (i) => word(200 + i * 7),
  'a rare word': (i) => word(15_000 + i * 31),
  'two words': (i) => `${word(20 + i)} ${word(900 + i * 3)}`,
  'a part of a word': (i) => word(3000 + i * 11).slice(1, 6),
  'a misspelt word': (i) => misspelt(word(6000 + i * 13)),
  'a phrase': (i) => `"${word(i)} ${word(i + 1)}"`,
  'what nobody said': (i) => `xyzzyq${i}`,
};

async function measure({ search: ask }: Options, queryOf: (i: number) => string): Promise<Histogram> {
  const latencies = new Histogram();
  for (let i = 0; i < QUERIES; i++) {
    const startedAt = performance.now();
    await ask(queryOf(i));
    latencies.add(performance.now() - startedAt);
  }
  return latencies;
}

async function fill(client: pg.Client, { messages, roomId, authorId }: Options): Promise<void> {
  for (let done = 0; done < messages; done += BATCH) {
    const bodies = Array.from({ length: Math.min(BATCH, messages - done) }, (_, i) => bodyOf(done + i));
    await client.query('begin');
    const { rows } = await client.query<{ last_seq: number }>('select last_seq from messages.rooms where id = $1 for update', [roomId]);
    await client.query(
      `insert into messages.messages (id, room_id, seq, author_id, kind, body, created_at)
       select gen_random_uuid(), $1, $2 + n, $3, 'text', body, now() from unnest($4::text[]) with ordinality as t (body, n)`,
      [roomId, rows[0]!.last_seq, authorId, bodies],
    );
    await client.query('update messages.rooms set last_seq = last_seq + $2 where id = $1', [roomId, bodies.length]);
    await client.query('commit');
  }
  await client.query('analyze messages.messages');
}

async function untilIndexed(client: pg.Client, roomId: string): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ behind: number }>(
      `select r.last_seq - coalesce(p.seq, 0) as behind from messages.rooms r left join messages.search_progress p on p.room_id = r.id where r.id = $1`,
      [roomId],
    );
    if (rows[0]!.behind === 0) return;
    await delay(250);
  }
}

function bodyOf(index: number): string {
  return Array.from({ length: WORDS_EACH }, (_, i) => word(Math.floor(WORDS ** fraction(index * WORDS_EACH + i)) - 1)).join(' ');
}

/** The same numbers in every run, spread evenly between 0 and 1. */
const fraction = (i: number): number => (i * 0.618_033_988_749_895) % 1;

function word(rank: number): string {
  let rest = rank + SYLLABLES.length;
  let text = '';
  for (; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) text += SYLLABLES[rest % SYLLABLES.length];
  return text;
}

const misspelt = (text: string): string => `${text.slice(0, 3)}${text[4]}${text[3]}${text.slice(5)}`;
