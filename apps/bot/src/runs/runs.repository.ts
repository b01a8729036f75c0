import type { CommandReply } from '@atrium/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

export type Run = { id: string; text: string; reply: CommandReply | null; started: boolean };
type NewRun = { id: string; roomId: string; userId: string; clientId: string; text: string };

/** A run that neither answered nor failed for so long was lost with its process. */
const LOST_AFTER = '1 minute';

@Injectable()
export class RunsRepository {
  /** Takes a run on, or finds the one that its caller began under the same `clientId`; `started` says which. */
  async claim(em: EntityManager, { id, roomId, userId, clientId, text }: NewRun): Promise<Run> {
    const [row] = await em.execute<Run[]>(
      `insert into command_runs as r (id, room_id, user_id, client_id, text) values (?, ?, ?, ?, ?)
       on conflict (user_id, room_id, client_id) do update set
         started_at = case when r.reply is null and r.started_at < now() - interval '${LOST_AFTER}' then now() else r.started_at end
       returning id, text, reply, started_at = now() "started"`,
      [id, roomId, userId, clientId, text],
    );
    return row!;
  }

  async find(em: EntityManager, id: string): Promise<Pick<Run, 'reply'> | null> {
    const [row] = await em.execute<Pick<Run, 'reply'>[]>('select reply from command_runs where id = ?', [id]);
    return row ?? null;
  }

  async finish(em: EntityManager, id: string, reply: CommandReply): Promise<void> {
    await em.execute('update command_runs set reply = ?::jsonb where id = ?', [JSON.stringify(reply), id]);
  }

  /** Forgets a run that failed, so that it can be tried again. */
  async drop(em: EntityManager, id: string): Promise<void> {
    await em.execute('delete from command_runs where id = ?', [id]);
  }

  async purge(em: EntityManager): Promise<void> {
    await em.execute(`delete from command_runs where started_at < now() - interval '1 day'`);
  }
}
