import { cleanUp, onCleanup } from '@atrium/testing';
import pg from 'pg';
import { Cast, makeAll } from './authorization/cast.ts';
import { fingerprint } from './authorization/fingerprint.ts';
import { isDone, outcomeOf, perform, Places, routeOf, servedRoutes } from './authorization/performance.ts';
import type { ActRequest } from './authorization/requests.ts';
import { ROUTES, type Row } from './authorization/table.ts';
import { readStack } from './support/stack.ts';

const SERVICES = ['accounts', 'rooms', 'messages', 'files', 'bot'];
/** Done by moderators alone, and yet no change of anything that stays. */
const CHANGES_NOTHING = ['POST /api/rooms/{roomId}/keywords/test'];

const isDoneBy = (row: Row, role: 'member' | 'moderator' | 'host' | 'admin') => isDone(row.cells[role]);
/** What the table does although it is so already. */
const changing = ({ people }: Cast): Record<string, ActRequest> => ({
  'POST /api/rooms/{roomId}/bot/toggle': { body: { enabled: false } },
  'POST /api/rooms/{roomId}/members/{userId}/unmute': { params: { userId: people.muted.id } },
  'PATCH /api/admin/users/{userId}': { body: { disabled: true, reason: 'As the test says' } },
});

/** What members may not and those who lead the room, or admins, may: all of it that changes something. */
const privileged = ROUTES.flatMap(({ rows }) => rows).filter(
  (row) =>
    !row.act.startsWith('GET ') &&
    !CHANGES_NOTHING.includes(row.act) &&
    !isDoneBy(row, 'member') &&
    (isDoneBy(row, 'host') || isDoneBy(row, 'admin')),
);

let before: unknown;
let after: unknown;
const answers: Record<string, string> = {};

beforeAll(async () => {
  const served = await servedRoutes();
  const places = await Places.build(await Cast.gather());
  const { cast, hidden } = places;
  await Promise.all([hidden, cast].map(makeAll));
  await cast.people.target.do('POST', `/api/rooms/${hidden.room.id}/hand`, { raised: true });
  before = await fingerprint(cast, [hidden]);
  const instead = changing(cast);
  const storeAgain = await refuseAuditOf([cast.people.host.id, cast.people.admin.id]);
  for (const row of privileged) {
    const role = isDoneBy(row, 'host') ? 'host' : 'admin';
    answers[row.act] = outcomeOf(await perform(row.act, places.shared(role), served.get(routeOf(row.act)), instead[row.act]));
  }
  await storeAgain();
  after = await fingerprint(cast, [hidden]);
}, 240_000);
afterAll(cleanUp);

it.each(privileged)('$act is not done when the audit log cannot take it', ({ act }) => {
  expect(answers[act]).toMatch(/^50[03] /);
});

it('what the audit log could not take has changed nothing', () => {
  expect(after).toEqual(before);
});

/** Has every service's log refuse what these people do. @returns how it is ended */
async function refuseAuditOf(actorIds: readonly string[]): Promise<() => Promise<void>> {
  const database = new pg.Client({ connectionString: (await readStack()).env['DATABASE_URL'] });
  await database.connect();
  const take = async () => {
    for (const service of SERVICES) await database.query(`drop trigger if exists refuse_for_test on ${service}.audit`);
    await database.query('drop function if exists public.refuse_for_test()');
  };
  onCleanup(async () => {
    await take();
    await database.end();
  });
  await database.query(`create or replace function public.refuse_for_test() returns trigger language plpgsql as
    $$ begin raise exception 'the audit log takes nothing now'; end $$`);
  for (const service of SERVICES)
    await database.query(`create trigger refuse_for_test before insert on ${service}.audit for each row
      when (new.actor_id in (${actorIds.map((id) => `'${id}'`).join(', ')})) execute function public.refuse_for_test()`);
  return take;
}
