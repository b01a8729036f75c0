import pg from 'pg';
import { Histogram } from '../load/histogram.ts';

/** What is measured, as the public interface answers it. */
export type ScaleProbe = { what: string; ask: () => Promise<unknown> };
export type ScaleColumn = { messages: number; latencies: Map<string, Histogram> };
type Options = {
  /** How many messages the room holds at each measurement, ascending. */
  sizes: readonly number[];
  databaseUrl: string;
  /** A room, and who is in it. */
  roomId: string;
  authorId: string;
  /** @param messages how many the room holds */
  probes: (messages: number) => Promise<ScaleProbe[]>;
};

const BATCH = 50_000;
const TRIES = 60;
const WARM_UP = 5;
const ANSWERED_WITHIN_MS = 60_000;

/** Fills a room straight in the database, size by size, and measures at each what a person does there. */
export async function scale(options: Options): Promise<ScaleColumn[]> {
  const client = new pg.Client({ connectionString: options.databaseUrl });
  await client.connect();
  try {
    const columns: ScaleColumn[] = [];
    for (const messages of options.sizes) {
      await fillUpTo(client, options, messages);
      columns.push({ messages, latencies: await measureAll(await options.probes(messages)) });
    }
    return columns;
  } finally {
    await client.end();
  }
}

async function measureAll(probes: readonly ScaleProbe[]): Promise<Map<string, Histogram>> {
  const found = new Map<string, Histogram>();
  for (const { what, ask } of probes) {
    for (let i = 0; i < WARM_UP; i++) await answered(what, ask());
    const latencies = new Histogram();
    for (let i = 0; i < TRIES; i++) {
      const startedAt = performance.now();
      await answered(what, ask());
      latencies.add(performance.now() - startedAt);
    }
    found.set(what, latencies);
  }
  return found;
}

/** @throws Error when nothing comes: a run that waits for ever would not say what hangs */
async function answered(what: string, asked: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ANSWERED_WITHIN_MS / 1000} s: ${what}`)), ANSWERED_WITHIN_MS);
  });
  await Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

/** The search index is told that it has read them: it is measured by a workload of its own. */
async function fillUpTo(client: pg.Client, { roomId, authorId }: Options, messages: number): Promise<void> {
  for (;;) {
    await client.query('begin');
    const { rows } = await client.query<{ last_seq: number }>('select last_seq from messages.rooms where id = $1 for update', [roomId]);
    const from = rows[0]!.last_seq;
    const to = Math.min(messages, from + BATCH);
    if (from >= to) break;
    await client.query(
      `insert into messages.messages (id, room_id, seq, client_id, author_id, kind, body, created_at)
       select uuidv7(), $1, n, 'fill-' || n, $2, 'text', 'message ' || n || ' of a long history, about as long as people write', now()
         from generate_series($3::int, $4::int) n`,
      [roomId, authorId, from + 1, to],
    );
    await client.query('update messages.rooms set last_seq = $2 where id = $1', [roomId, to]);
    await client.query(
      `insert into messages.search_progress (room_id, seq) values ($1, $2) on conflict (room_id) do update set seq = excluded.seq`,
      [roomId, to],
    );
    await client.query('commit');
  }
  await client.query('rollback');
  await client.query('analyze messages.messages');
  await client.query('checkpoint');
}
