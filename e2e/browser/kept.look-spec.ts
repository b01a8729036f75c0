import type { Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { DESK, PHONE } from './support/eyes.ts';
import { type LivedIn, aLivedInRoom } from './support/lived-in.ts';
import { Look } from './support/look.ts';
import { PLACES, PLACES_FOR_ANYONE, type Place, visit } from './support/places.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

const TABLET = { width: 820, height: 1180 };
const SIZES = [DESK, TABLET, PHONE];
/** Whose looks depend on what else is on this server, or on pictures that are drawn where there is time. */
const NOT_KEPT = new Set(['document']);

describe('the look of every place is the one that is committed', () => {
  let here: LivedIn;
  let look: Look;
  /** For each size a page of somebody who is signed in, and one of somebody who is not. */
  let known: Window[];
  let unknown: Window[];

  beforeAll(async () => {
    const open = () => Promise.all(SIZES.map((viewport) => Window.open({ viewport })));
    [here, known, unknown] = await Promise.all([aLivedInRoom(), open(), open()]);
    await readEverything(here);
    look = await Look.on(unknown[0]!.page, unknown[0]!.page.context().browser()!.version().replace(/\..*/, ''));
    if (look.foreign) process.stdout.write(`Pictures are not compared, only where parts of the page are: ${look.foreign}.\n`);
    await known[0]!.go('/sign-in');
    await known[0]!.signIn(here.host.user.username);
    const { cookies, origins } = await known[0]!.page.context().storageState();
    for (const { page } of known.slice(1)) {
      await page.context().addCookies(cookies);
      await page.addInitScript((kept) => kept.forEach(({ name, value }) => localStorage.setItem(name, value)), origins[0]!.localStorage);
    }
    // A conversation opens where it was left, which depends on the places before it.
    for (const { page } of known) await page.addInitScript(() => sessionStorage.clear());
    for (const { page } of known) await page.route(/\/api\/rooms\?.*scope=discover/, (route) => leaveOnly(route, here.elsewhere));
  }, 120_000);

  afterAll(() => look.end());

  async function changesOf(windows: Window[], place: Place): Promise<string[]> {
    const changes: string[] = [];
    await Promise.all(
      windows.map(async (window, index) => {
        await visit(window, place, here);
        for (const colorScheme of ['light', 'dark'] as const) {
          await window.page.emulateMedia({ colorScheme });
          await window.page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
          const change = await look.changeOf(window.page, `${place.name.replaceAll(' ', '-')}-${SIZES[index]!.width}-${colorScheme}`);
          if (change) changes.push(change);
        }
      }),
    );
    return changes.length === 0
      ? changes
      : [...changes, 'a change that is wanted is accepted as docs/how-to/accept-a-change-of-look.md says'];
  }

  it.each(PLACES_FOR_ANYONE)('$name', async (place) => expect(await changesOf(unknown, place)).toEqual([]));
  it.each(PLACES.filter(({ name }) => !NOT_KEPT.has(name)))('$name', async (place) => expect(await changesOf(known, place)).toEqual([]));
});

/** What is new differs with what was looked at first. */
async function readEverything({ host, room, root }: LivedIn): Promise<void> {
  const { seq } = await host.say(room, 'Good night.');
  await host.do('POST', `/api/rooms/${room.id}/read`, { seq });
  await host.do('POST', `/api/rooms/${room.id}/read`, { seq, threadId: root.id });
  await host.do('POST', '/api/me/notifications/read', {});
}

/** Other tests make rooms meanwhile. */
async function leaveOnly(route: Parameters<Parameters<Window['page']['route']>[1]>[0], room: Room): Promise<void> {
  const response = await route.fetch();
  const body = (await response.json()) as { items: Room[] };
  await route.fulfill({ response, json: { ...body, items: body.items.filter(({ id }) => id === room.id), nextCursor: null } });
}
