import type { ReceivedDeadLetter } from '@atrium/bus';
import { PROCESSES, type DeadLetter } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

/** As long as the stream keeps a letter, and a day. What is settled stays as long, so that it is not taken in anew. */
const KEPT_DAYS = 31;
const LONGEST_ERROR = 2000;

export type KeptLetter = DeadLetter & { payload: string };
type Row = Omit<KeptLetter, 'at'> & { at: string };

const COLUMNS = 'id, at, consumer, process, event_id "eventId", subject, error, tries, payload';

@Injectable()
export class DeadLettersRepository {
  /** Once, however often it is told of. */
  async keep(em: EntityManager, letter: ReceivedDeadLetter): Promise<void> {
    const { consumer, id, subject, payload, error, process = processOf(consumer), tries = 0 } = letter;
    await em.execute(
      `insert into dead_letters (id, at, consumer, process, event_id, subject, payload, error, tries)
       values (?, now(), ?, ?, ?, ?, ?, ?, ?) on conflict (consumer, event_id) do nothing`,
      [uuidv7(), consumer, process, id, subject, storable(payload), storable(error).slice(0, LONGEST_ERROR), tries],
    );
  }

  /** Newest first; one more than the page has, to tell whether there is a next one. */
  async open(em: EntityManager, consumer: string | undefined, before: string | undefined, limit: number): Promise<KeptLetter[]> {
    const rows = await em.execute<Row[]>(
      `select ${COLUMNS} from dead_letters
        where settled_at is null and (?::text is null or consumer = ?) and (?::uuid is null or id < ?)
        order by id desc limit ?`,
      [consumer ?? null, consumer ?? null, before ?? null, before ?? null, limit],
    );
    return rows.map(toLetter);
  }

  async find(em: EntityManager, letterId: string): Promise<KeptLetter | undefined> {
    const rows = await em.execute<Row[]>(`select ${COLUMNS} from dead_letters where id = ? and settled_at is null`, [letterId]);
    return rows.map(toLetter)[0];
  }

  async counts(em: EntityManager): Promise<{ consumer: string; count: number }[]> {
    return em.execute(`select consumer, count(*)::int "count" from dead_letters where settled_at is null group by consumer`);
  }

  /** @returns whether it was open until now */
  async settle(em: EntityManager, letterId: string): Promise<boolean> {
    const settled = await em.execute<unknown[]>(
      `update dead_letters set settled_at = now(), payload = '' where id = ? and settled_at is null returning id`,
      [letterId],
    );
    return settled.length > 0;
  }

  async failAgain(em: EntityManager, letterId: string, error: string): Promise<void> {
    await em.execute(`update dead_letters set error = ?, tries = tries + 1 where id = ? and settled_at is null`, [
      storable(error).slice(0, LONGEST_ERROR),
      letterId,
    ]);
  }

  async purge(em: EntityManager): Promise<void> {
    await em.execute('delete from dead_letters where at < now() - make_interval(days => ?)', [KEPT_DAYS]);
  }
}

const toLetter = (row: Row): KeptLetter => ({ ...row, at: new Date(row.at).toISOString() });

/** PostgreSQL keeps no null characters in text. */
const storable = (text: string): string => text.replaceAll('\0', '\uFFFD');

/** Whose consumer it is, by its name: releases before did not say it. */
function processOf(consumer: string): string {
  const owners = PROCESSES.filter((process) => consumer.startsWith(`${process}-`));
  return owners.sort((a, b) => b.length - a.length)[0] ?? consumer;
}
