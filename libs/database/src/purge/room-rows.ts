import type { EntityManager } from '@mikro-orm/postgresql';

type Table = { name: string };

/**
 * Removes what a service keeps of a room: the rows of every table that says `room_id`, so that a table that is added later
 * is not forgotten.
 * @param keep tables that stay: what must outlive the room, and what is removed in another way
 * @param atMost rows of each table, so that nobody waits for them
 * @returns whether nothing is left
 */
export async function removeRoomRows(
  em: EntityManager,
  roomId: string,
  { keep, atMost }: { keep: readonly string[]; atMost: number },
): Promise<boolean> {
  const tables = await em.execute<Table[]>(
    `select c.table_name as name from information_schema.columns c
       join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
      where c.table_schema = current_schema() and c.column_name = 'room_id' and t.table_type = 'BASE TABLE' order by 1`,
  );
  const removed = tables.map(({ name }) => name).filter((name) => name !== 'audit' && !keep.includes(name));
  for (const name of removed)
    await em.execute(
      `delete from "${name}" where ctid = any (array(select ctid from "${name}" where room_id = ? limit ${atMost} for update skip locked))`,
      [roomId],
    );
  // Rows that somebody held were passed over, and others may have been added to a table that was gone through.
  const [left] = await em.execute<{ any: boolean }[]>(
    `select ${removed.map((name) => `exists (select 1 from "${name}" where room_id = ?)`).join(' or ')} as "any"`,
    removed.map(() => roomId),
  );
  return !left!.any;
}
