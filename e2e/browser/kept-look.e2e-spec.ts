import type { Room, Session } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import type { Route } from 'playwright-core';
import { DESK, PHONE } from './support/eyes.ts';
import { type LivedIn, aLivedInRoom } from './support/lived-in.ts';
import { Look, type Scheme } from './support/look.ts';
import { PLACES, PLACES_FOR_ANYONE, type Place, visit } from './support/places.ts';
import { stopClock } from './support/stopped-clock.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

const TABLET = { width: 820, height: 1180 };
const SIZES = [DESK, TABLET, PHONE];
const SCHEMES: Scheme[] = ['light', 'dark'];
const VIEWS = SIZES.flatMap((size) => SCHEMES.map((scheme) => ({ size, scheme })));
type View = (typeof VIEWS)[number];
/** Drawn where there is time, with whatever the browser has for letters of a document. */
const NOT_KEPT = new Set(['document']);

const open = () => Promise.all(SIZES.map((viewport) => Window.open({ viewport, timezoneId: 'UTC' })));
/** For each size a page of somebody who is not signed in, and one of somebody who will be. */
const [unknown, known] = await Promise.all([open(), open()]);
const look = await Look.on(unknown[0]!.page);
if (look.foreign) {
  process.stdout.write(`Pictures of the page are not compared: ${look.foreign}.\n`);
  // Nothing that comes after tests is called where all of them are skipped.
  await cleanUp();
}
const eachPlace = (look.foreign ? it.skip : it).each;

/** All there are when they are asked for; else the first one, and of the others a different one from place to place. */
function viewsOf(at: number): View[] {
  if (process.env['ATRIUM_LOOK']) return VIEWS;
  const [first, ...others] = VIEWS as [View, ...View[]];
  return [first, others[at % others.length]!];
}

describe('the look of every place is the one that is committed', () => {
  let here: LivedIn;

  beforeAll(async () => {
    if (look.foreign) return;
    here = await aLivedInRoom();
    await readEverything(here);
    for (const window of known) {
      await window.go('/sign-in');
      await window.signIn(here.host.user.username);
    }
    // A conversation opens where it was left, which depends on the places before it.
    for (const { page } of known) await page.addInitScript(() => sessionStorage.clear());
    for (const { page } of known) {
      // Other tests make rooms meanwhile, and each of these pages is a session.
      await page.route(/\/api\/rooms\?.*scope=discover/, (route) => {
        // There may be more than a page of them.
        const url = new URL(route.request().url());
        url.searchParams.set('query', here.elsewhere.name);
        return leaveOnly<Room>(route, ({ id }) => id === here.elsewhere.id, url.href);
      });
      await page.route(/\/api\/auth\/sessions/, (route) => leaveOnly<Session>(route, ({ current }) => current));
    }
    for (const { page } of [...unknown, ...known]) await stopClock(page, here.room.createdAt);
  }, 120_000);

  async function changesOf(windows: Window[], place: Place, views: View[]): Promise<string[]> {
    const changes: string[] = [];
    await Promise.all(
      SIZES.map(async (size, at) => {
        const schemes = views.filter((view) => view.size === size).map(({ scheme }) => scheme);
        if (schemes.length === 0) return;
        const window = windows[at]!;
        await visit(window, place, here);
        for (const colorScheme of schemes) {
          await window.page.emulateMedia({ colorScheme });
          await window.page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
          const change = await look.changeOf(window.page, `${place.name.replaceAll(' ', '-')}-${size.width}-${colorScheme}`);
          if (change) changes.push(change);
        }
      }),
    );
    return changes.length === 0
      ? changes
      : [...changes, 'a change that is wanted is accepted as docs/how-to/accept-a-change-of-look.md says'];
  }

  const withViews = (places: Place[]) => places.map((place, at) => ({ name: place.name, place, views: viewsOf(at) }));

  eachPlace(withViews(PLACES_FOR_ANYONE))('$name', async ({ place, views }) => expect(await changesOf(unknown, place, views)).toEqual([]));
  eachPlace(withViews(PLACES.filter(({ name }) => !NOT_KEPT.has(name))))('$name', async ({ place, views }) =>
    expect(await changesOf(known, place, views)).toEqual([]),
  );
});

/** What is new differs with what was looked at first. */
async function readEverything({ host, room, root }: LivedIn): Promise<void> {
  const { seq } = await host.say(room, 'Good night.');
  await host.do('POST', `/api/rooms/${room.id}/read`, { seq });
  await host.do('POST', `/api/rooms/${room.id}/read`, { seq, threadId: root.id });
  await host.do('POST', '/api/me/notifications/read', {});
}

async function leaveOnly<T>(route: Route, isLeft: (item: T) => boolean, url = route.request().url()): Promise<void> {
  const response = await route.fetch({ url });
  const body = (await response.json()) as { items: T[] };
  const end = 'nextCursor' in body && { nextCursor: null };
  await route.fulfill({ response, json: { ...body, items: body.items.filter(isLeft), ...end } });
}
