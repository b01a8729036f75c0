import { join } from 'node:path';
import { cleanUp } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { DESK, PHONE } from './support/eyes.ts';
import { type LivedIn, aLivedInRoom } from './support/lived-in.ts';
import { PLACES, PLACES_FOR_ADMINS, PLACES_FOR_ANYONE, type Place, visit } from './support/places.ts';
import { screenshots } from './support/screenshots.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

const TABLET = { width: 820, height: 1180 };

/** Checks nothing: it is for the eyes of whoever changed the page. */
describe('pictures of every place', () => {
  let here: LivedIn;
  let ann: Window;
  let stranger: Window;
  let admin: Window;

  beforeAll(async () => {
    [here, ann, stranger, admin] = await Promise.all([aLivedInRoom(), Window.open(), Window.open(), Window.open()]);
    const root = await Person.admin();
    await admin.go('/sign-in');
    await admin.signIn(root.user.username);
    await ann.go('/sign-in');
    await ann.signIn(here.host.user.username);
  }, 90_000);

  async function take(window: Window, place: Place): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await window.page.emulateMedia({ colorScheme });
      for (const viewport of [DESK, TABLET, PHONE]) {
        await window.page.setViewportSize(viewport);
        await visit(window, place, here);
        await window.page.screenshot({ path: join(screenshots, `${place.name}-${viewport.width}-${colorScheme}.png`) });
      }
    }
  }

  it.each(PLACES_FOR_ANYONE)('$name', (place) => take(stranger, place));
  it.each(PLACES)('$name', (place) => take(ann, place));
  it.each(PLACES_FOR_ADMINS)('$name', (place) => take(admin, place));
});
