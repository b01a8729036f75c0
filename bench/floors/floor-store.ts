import pg from 'pg';

/** The floor's table, in a schema of its own; one INSERT per message through an ordinary pool. */
export async function openStore(): Promise<{
  insert(room: string, person: string, body: string): Promise<string>;
  close(): Promise<void>;
}> {
  const pool = new pg.Pool({ connectionString: process.env['FLOOR_DATABASE_URL'], max: 10 });
  await pool.query('create schema if not exists bench_floor');
  await pool.query(`create table if not exists bench_floor.messages (
    id bigserial primary key, room text not null, person text not null, body text not null, created_at timestamptz not null default now())`);
  await pool.query('create index if not exists messages_room on bench_floor.messages (room, id desc)');
  return {
    async insert(room, person, body) {
      const { rows } = await pool.query<{ id: string }>(
        'insert into bench_floor.messages (room, person, body) values ($1, $2, $3) returning id',
        [room, person, body],
      );
      return rows[0]!.id;
    },
    async close() {
      // What is still being inserted must end first, or dropping the table would deadlock with it.
      await pool.end();
      const client = new pg.Client({ connectionString: process.env['FLOOR_DATABASE_URL'] });
      await client.connect();
      await client.query('drop schema if exists bench_floor cascade');
      await client.end();
    },
  };
}
