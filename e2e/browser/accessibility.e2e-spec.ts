import { cleanUp } from '@atrium/testing';
import type { Locator, Page } from 'playwright-core';
import { Person } from '../support/person.ts';
import { DESK, PHONE, unseenFocus, moving, objections, overflowing } from './support/eyes.ts';
import { type LivedIn, aLivedInRoom } from './support/lived-in.ts';
import { PLACES, PLACES_FOR_ADMINS, PLACES_FOR_ANYONE, type Place, visit } from './support/places.ts';
import { RoomWindow } from './support/room-window.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

/** The lists of the console are long where many tests ran before, and axe reads every row four times. */
const LONG_LISTS_MS = 180_000;

/** Goes through all that the row in focus offers, and back to the row. False for one it has been through already. */
async function passesThrough(page: Page): Promise<boolean> {
  const mark = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      const isNew = element?.hasAttribute('data-reached') === false;
      element?.setAttribute('data-reached', '');
      return isNew;
    });
  if (!(await mark())) return false;
  do await page.keyboard.press('ArrowRight');
  while (await mark());
  if (await page.evaluate(() => !document.activeElement?.matches('article[data-message-id], [data-offers]')))
    await page.keyboard.press('Escape');
  return true;
}

describe('for whoever has no mouse, weak eyes or a small screen, the page', () => {
  let here: LivedIn;
  let ann: Window;
  let annHere: RoomWindow;
  let stranger: Window;
  let admin: Window;

  beforeAll(async () => {
    const aWindow = () => Window.open({ viewport: DESK });
    [here, ann, stranger, admin] = await Promise.all([aLivedInRoom(), aWindow(), aWindow(), aWindow()]);
    const root = await Person.admin();
    await admin.go('/sign-in');
    await admin.signIn(root.user.username);
    annHere = new RoomWindow(ann);
    await ann.go('/sign-in');
    await ann.signIn(here.host.user.username);
  }, 90_000);

  async function suits(window: Window, place: Place): Promise<void> {
    await window.page.setViewportSize(DESK);
    await visit(window, place, here);
    expect(await objections(window.page, place.part)).toEqual([]);
    await window.page.setViewportSize(PHONE);
    expect(await objections(window.page, place.part)).toEqual([]);
    expect(await overflowing(window.page)).toEqual([]);
  }

  it.each(PLACES_FOR_ANYONE)('passes axe in both themes on a desk and a phone, and fits the phone: $name', (place) =>
    suits(stranger, place),
  );
  it.each(PLACES)('passes axe in both themes on a desk and a phone, and fits the phone: $name', (place) => suits(ann, place));
  it.each(PLACES_FOR_ADMINS)(
    'passes axe in both themes on a desk and a phone, and fits the phone: $name',
    (place) => suits(admin, place),
    LONG_LISTS_MS,
  );

  it('passes axe with what opens over it: the switcher, the keys, the menus, the suggestions', async () => {
    const { page } = ann;
    await page.setViewportSize(DESK);
    await ann.go(`/rooms/${here.room.id}/members`);
    await annHere.message('Reading it.').waitFor();
    const opened: [open: () => Promise<void>, what: Locator, part: string][] = [
      [() => page.keyboard.press('Control+k'), page.getByRole('dialog', { name: 'Jump to' }), '[role="dialog"]'],
      [() => page.keyboard.press('?'), page.getByRole('dialog', { name: 'Keyboard' }), '[role="dialog"]'],
      [() => ann.account.click(), page.getByRole('menuitem', { name: 'Sign out' }), '[role="menu"]'],
      [() => ann.press('Actions for Cleo'), page.getByRole('menuitem', { name: 'Hand over the room' }), '[role="menu"]'],
      [() => annHere.act('Reading it.', 'React'), page.getByRole('textbox', { name: 'Search emoji' }), '[role="dialog"]'],
      [() => annHere.act('Reading it.', 'More actions'), page.getByRole('menuitem', { name: 'Save for later' }), '[role="menu"]'],
      [() => annHere.composer.fill('@'), page.getByRole('listbox', { name: 'Suggestions' }), '[role="listbox"]'],
      [() => annHere.composer.fill('/'), page.getByRole('option', { name: /\/summary/ }), '[role="listbox"]'],
    ];
    for (const [open, what, part] of opened) {
      await annHere.timeline.getByText('Reading it.').click();
      await open();
      await what.waitFor();
      expect(await objections(page, part)).toEqual([]);
      await page.keyboard.press('Escape');
      await what.waitFor({ state: 'detached' });
    }
    await annHere.composer.fill('');
  });

  it('is walked through by keys alone: to a room, a message, its thread and back, and one always sees where one is', async () => {
    const { page } = ann;
    const focused = (locator: Locator): Promise<void> => locator.and(page.locator(':focus')).waitFor();
    await ann.go('/rooms');
    const door = page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Boiler house' });
    await door.waitFor();
    for (let stops = 0; stops < 30 && !(await door.evaluate((link) => link === document.activeElement)); stops += 1) {
      await page.keyboard.press('Tab');
      expect(await unseenFocus(page)).toBeUndefined();
    }
    await page.keyboard.press('Enter');
    await focused(annHere.composer);
    expect(await unseenFocus(page)).toBeUndefined();
    await page.keyboard.type('Written without a mouse.');
    await page.keyboard.press('Enter');
    await annHere.message('Written without a mouse.').waitFor();

    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowUp');
    await focused(annHere.message('Written without a mouse.'));
    expect(await unseenFocus(page)).toBeUndefined();
    await page.keyboard.press('r');
    await focused(annHere.panel('Thread').getByRole('textbox', { name: 'Reply' }));
    await page.keyboard.type('Nor this.');
    await page.keyboard.press('Enter');
    await annHere.panel('Thread').locator('[data-message-id]').filter({ hasText: 'Nor this.' }).waitFor();
    await page.keyboard.press('Escape');
    await annHere.panel('Thread').waitFor({ state: 'detached' });
    await focused(annHere.message('Written without a mouse.'));
  });

  it('is reached everywhere by Tab, and by arrows among the messages: nothing in a room, its header or a panel is for the mouse only', async () => {
    const { page } = ann;
    await page.setViewportSize(DESK);
    await ann.go(`/rooms/${here.room.id}/members`);
    await annHere.panel('Members').getByRole('button', { name: 'Actions for Cleo' }).waitFor();
    const all = page.locator('a[href], button:enabled, input:enabled, textarea, [tabindex="0"]').filter({ visible: true });
    const count = await all.count();
    for (let stop = 0; stop < count + 10; stop += 1) {
      await page.keyboard.press('Tab');
      await page.evaluate(() => document.activeElement?.setAttribute('data-reached', ''));
      expect(await unseenFocus(page)).toBeUndefined();
    }
    const rows = 'article[data-message-id], [data-offers]';
    const missed = () =>
      page
        .locator(':is(a[href], button:enabled, input:enabled, textarea):not([data-reached])')
        .filter({ visible: true })
        .evaluateAll(
          (left, inRow) => left.map((one) => ({ isInRow: one.closest(inRow) !== null, what: one.outerHTML.slice(0, 120) })),
          rows,
        );
    expect((await missed()).filter(({ isInRow }) => !isInRow)).toEqual([]);
    await page.locator(rows).evaluateAll((all) => all.forEach((row) => row.removeAttribute('data-reached')));
    await page.locator(rows).last().focus();
    while (await passesThrough(page)) await page.keyboard.press('ArrowUp');
    expect((await missed()).filter(({ isInRow }) => isInRow)).toEqual([]);
  });

  it('moves for whoever likes that, and keeps still for whoever asked for it', async () => {
    await ann.page.setViewportSize(PHONE);
    await ann.go(`/rooms/${here.room.id}/pins`);
    await annHere.panel('Pins').getByText('Is anybody there?').waitFor();
    await ann.page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await moving(ann.page)).not.toEqual([]);
    await ann.page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await moving(ann.page)).toEqual([]);
  });

  it('has nothing to complain about in the console', () => {
    expect([...ann.complaints, ...stranger.complaints]).toEqual([]);
  });
});
