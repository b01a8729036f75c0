import { Preferences, type DirectoryUser, type PayloadOf, type accountEvents } from '@atrium/contracts';
import { prepared, uuidArray, type Prepared } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { isQuiet } from './quiet.ts';

type WishesRow = { user_id: string; presence: DirectoryUser['presence'] | null; document: unknown };

const Quiet = Preferences.pick({ dndUntil: true, quietHours: true });

/** Whoever may want quiet at some time, of these. */
const wishesOf = (people: string) => `
  select w.user_id, e.presence, p.document from (${people}) w
    left join people e on e.user_id = w.user_id
    left join preferences p on p.user_id = w.user_id
   where e.presence = 'dnd' or jsonb_exists_any(p.document, '{dndUntil,quietHours}')`;

const wishesAmong = prepared<WishesRow>('wishes of people', wishesOf('select unnest(?::uuid[]) as user_id'));
const wishesInRoom = prepared<WishesRow>(
  'wishes of a room',
  wishesOf('select user_id from access where room_id = ? and removed_at is null'),
);

/** For whom nothing rings now: by their presence, until a time, or at an hour of the day. */
@Injectable()
export class QuietPeople {
  constructor(private readonly em: EntityManager) {}

  async among(userIds: readonly string[]): Promise<Set<string>> {
    return this.find(wishesAmong, uuidArray(userIds));
  }

  async inRoom(roomId: string): Promise<Set<string>> {
    return this.find(wishesInRoom, roomId);
  }

  /** What accounts tells of a person. */
  async save(tx: EntityManager, { userId, presence }: PayloadOf<typeof accountEvents.userUpdated>): Promise<void> {
    await tx.execute(
      'insert into people (user_id, presence) values (?, ?) on conflict (user_id) do update set presence = excluded.presence',
      [userId, presence],
    );
  }

  private async find(wishes: Prepared<WishesRow>, people: string): Promise<Set<string>> {
    const rows = await wishes(this.em.fork(), [people]);
    const now = new Date();
    const quiet = rows.filter(({ presence, document }) => isQuiet({ ...Quiet.parse(document ?? {}), ...(presence && { presence }) }, now));
    return new Set(quiet.map((row) => row.user_id));
  }
}
