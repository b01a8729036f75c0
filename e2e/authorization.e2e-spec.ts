import { ClientFrames, FRAME_SCOPES, type ClientEvent } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { Cast, makeAll } from './authorization/cast.ts';
import { fingerprint } from './authorization/fingerprint.ts';
import { sendFrame } from './authorization/frames.ts';
import { inTurns, isDone, NOWHERE, outcomeOf, perform, Places, routeOf, servedRoutes } from './authorization/performance.ts';
import type { TestContext } from './authorization/place.ts';
import { REQUESTS } from './authorization/requests.ts';
import { ROLE_NAMES, type Role } from './authorization/roles.ts';
import { FRAMES, ROUTES } from './authorization/table.ts';

const BUILD_WITHIN_MS = 240_000;
/** Also a slow machine answers so many at a time. */
const AT_ONCE = 8;
const TRIES = 5;

const routes = ROUTES.flatMap(({ rows }) => rows);
const cellsOf = (rows: typeof routes) => rows.flatMap(({ act, cells }) => ROLE_NAMES.map((role) => ({ act, role, expected: cells[role] })));
type Cell = ReturnType<typeof cellsOf>[number];
const isRefused = ({ expected }: Cell) => !isDone(expected);

let served: Awaited<ReturnType<typeof servedRoutes>>;
let places: Places;
let before: unknown;
let after: unknown;
/** What was answered, by act and role. */
const answers: Record<string, Partial<Record<Role, string>>> = {};
/** Acts whose refusal tells a room that is hidden from one that was never made. */
const telltale: string[] = [];

const note = ({ act, role }: Cell, answer: string) => void ((answers[act] ??= {})[role] = answer);

beforeAll(async () => {
  served = await servedRoutes();
  places = await Places.build(await Cast.gather());
  await makeWhatIsActedOn();
  const [overHttp, overSocket] = [cellsOf(routes), cellsOf(FRAMES.rows)];
  before = await fingerprint(places.cast, [places.hidden, places.open]);
  await inTurns(overHttp.filter(isRefused), AT_ONCE, doOverHttp);
  await inTurns(overSocket.filter(isRefused), AT_ONCE, doOverSocket);
  await inTurns(
    overHttp.filter(({ role, expected }) => role === 'outsider' && expected.startsWith('404')),
    AT_ONCE,
    compareWithNowhere,
  );
  after = await fingerprint(places.cast, [places.hidden, places.open]);
  await inTurns(
    overHttp.filter((cell) => !isRefused(cell)),
    AT_ONCE,
    doOverHttp,
  );
  await inTurns(
    overSocket.filter((cell) => !isRefused(cell)),
    AT_ONCE,
    doOverSocket,
  );
}, BUILD_WITHIN_MS);
afterAll(cleanUp);

it('the table has every route that the gateway serves, and no other', () => {
  expect([...new Set(routes.map(({ act }) => routeOf(act)))].sort()).toEqual([...served.keys()].sort());
});

it('the table has every frame of the contract, and no other', () => {
  expect(FRAMES.rows.map(({ act }) => act).sort()).toEqual(Object.keys(ClientFrames).sort());
});

it.each([...routes, ...FRAMES.rows].map(({ act, cells }) => [act, cells] as const))(
  '%s answers each role as the table says',
  (act, cells) => {
    expect(answers[act]).toEqual(cells);
  },
);

it('what is refused changes nothing', () => {
  expect(after).toEqual(before);
});

it('a room that one may not see answers word for word as one that was never made', () => {
  expect(telltale).toEqual([]);
});

/** Before the first look, so that what is only now made is not taken for what a refused act did. */
async function makeWhatIsActedOn(): Promise<void> {
  const { hidden, open, cast } = places;
  await Promise.all([hidden, open, cast].map(makeAll));
  await Promise.all([...new Set(served.values()), ...Object.values(FRAME_SCOPES)].map((scope) => cast.tokenOf('scopeless', scope)));
}

async function doOverHttp(cell: Cell): Promise<void> {
  const act = REQUESTS[cell.act];
  const isApart = act?.apart === true && !isRefused(cell);
  const scope = served.get(routeOf(cell.act));
  const answer = await patiently(async () => {
    const context: TestContext = isApart ? await places.apart(cell.role, act.with) : places.shared(cell.role);
    return outcomeOf(await perform(cell.act, context, scope));
  });
  note(cell, answer);
}

async function doOverSocket(cell: Cell): Promise<void> {
  note(cell, await patiently(() => sendFrame(cell.act as ClientEvent, places.shared(cell.role))));
}

async function compareWithNowhere({ act }: Cell): Promise<void> {
  if (!routeOf(act).includes('{roomId}')) return;
  const context = places.shared('outsider');
  const [here, nowhere] = await Promise.all([
    perform(act, context, undefined),
    perform(act, context, undefined, { params: { roomId: NOWHERE } }),
  ]);
  const words = ({ status, body }: typeof here) => JSON.stringify([status, body.code, body.title, body.detail]);
  if (words(here) !== words(nowhere)) telltale.push(`${act}: ${words(here)}, but ${words(nowhere)}`);
}

/** Asks again what a busy machine had no time for. @returns the last answer, or how it failed */
async function patiently(act: () => Promise<string>): Promise<string> {
  for (let tries = 1; ; tries++) {
    const answer = await act().catch((error: Error) => `failed: ${error.message}`);
    if (tries === TRIES || !/^503|answered 503/.test(answer)) return answer;
  }
}
