import { Signals } from '@atrium/bus';
import { AppError, messageSignals, type Draft, type ParsedInputOf, type messages } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.ts';

type DraftRow = { room_id: string; place_id: string; body: string; version: number; updated_at: string };

const MOST_DRAFTS = 1000;
const COLUMNS = 'room_id, place_id, body, version, updated_at';

/**
 * What people have written and not sent. The later write stands, unless its writer did not know the one before it: then
 * it is refused, so that a device can bring both together. A place whose draft was sent or emptied keeps its version.
 */
@Injectable()
export class DraftsService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccessService,
    private readonly signals: Signals,
  ) {}

  /** Of rooms that the actor is in. */
  async list(actorId: string): Promise<Draft[]> {
    const rows = await this.em.execute<DraftRow[]>(
      `select d.room_id, d.place_id, d.body, d.version, d.updated_at from drafts d
         join access a on a.room_id = d.room_id and a.user_id = d.user_id and a.removed_at is null
        where d.user_id = ? and d.body <> '' order by d.updated_at desc limit ${MOST_DRAFTS}`,
      [actorId],
    );
    return rows.map(toDraft);
  }

  async keep(actorId: string, input: ParsedInputOf<typeof messages.keepDraft>): Promise<Draft> {
    const { roomId, parentId, ifVersion } = input;
    await this.access.requireMember(roomId, actorId);
    const body = input.body.trim() === '' ? '' : input.body;
    if (body !== '') await this.requireSpace(actorId, parentId ?? roomId);
    const [row] = await this.em.execute<DraftRow[]>(
      `insert into drafts as d (user_id, room_id, place_id, body, version, updated_at) values (?, ?, ?, ?, 1, clock_timestamp())
       on conflict (user_id, place_id) do update
         set body = excluded.body, version = d.version + (d.body <> excluded.body)::int, updated_at = excluded.updated_at
       where d.room_id = excluded.room_id and (?::int is null or d.body = '' or d.body = excluded.body or d.version = ?)
       returning ${COLUMNS}`,
      [actorId, roomId, parentId ?? roomId, body, ifVersion ?? null, ifVersion ?? null],
    );
    if (!row) throw new AppError('stale_version', 'Something else was written there on another device; take it in and keep both.');
    const draft = toDraft(row);
    this.signals.send(messageSignals.drafted, { userId: actorId, ...draft });
    return draft;
  }

  private async requireSpace(actorId: string, placeId: string): Promise<void> {
    const [row] = await this.em.execute<{ others: number }[]>(
      `select count(*)::int as others from
         (select 1 from drafts where user_id = ? and body <> '' and place_id <> ? limit ${MOST_DRAFTS}) d`,
      [actorId, placeId],
    );
    if (row!.others >= MOST_DRAFTS) throw new AppError('too_many_drafts', `You can have ${MOST_DRAFTS} drafts; send or empty one first.`);
  }
}

const toDraft = (row: DraftRow): Draft => ({
  roomId: row.room_id,
  ...(row.place_id !== row.room_id && { parentId: row.place_id }),
  body: row.body,
  version: row.version,
  updatedAt: new Date(row.updated_at).toISOString(),
});
