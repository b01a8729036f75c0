import type { Room } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import type { Locator } from 'playwright-core';
import { Person } from '../support/person.ts';
import { RoomWindow } from './support/room-window.ts';
import { aStory } from './support/story.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

const LONG = Array.from({ length: 14 }, (_, line) => `Line ${line} of the report.`).join('\n\n');

describe('the comforts of every day', () => {
  const step = aStory('comforts');
  let annSelf: Person;
  let benSelf: Person;
  let harbour: Room;
  let attic: Room;
  let ann: Window;
  let here: RoomWindow;

  beforeAll(async () => {
    [annSelf, benSelf] = [await Person.register('ann'), await Person.register('ben')];
    [harbour, attic] = [await annSelf.createRoom({ name: 'Harbour' }), await annSelf.createRoom({ name: 'Attic' })];
    for (const room of [harbour, attic]) await benSelf.join(room);
    await annSelf.say(harbour, LONG);
    for (let number = 1; number <= 60; number += 1) await benSelf.say(harbour, `Boat ${number} came in.`);
    ann = await Window.open();
    here = new RoomWindow(ann);
    await ann.go(`/rooms/${harbour.id}`);
    await ann.signIn(annSelf.user.username);
  });

  const inView = async (text: string): Promise<boolean> => {
    const [box, list] = [await here.message(text).boundingBox(), await here.timeline.boundingBox()];
    return box !== null && list !== null && box.y >= list.y && box.y + box.height <= list.y + list.height;
  };

  step('much unread opens at the line before it, which counts on after a reload', async () => {
    const line = here.timeline.getByRole('separator', { name: 'New messages' });
    for (const again of [false, true]) {
      if (again) await ann.page.reload();
      await here.message('Boat 1 came in.').waitFor();
      const [box, list] = [await line.boundingBox(), await here.timeline.boundingBox()];
      expect(box!.y - list!.y).toBeGreaterThanOrEqual(0);
      expect(box!.y - list!.y).toBeLessThan(list!.height / 2);
      await here.timeline.getByRole('button', { name: /Jump to the present.*60 new/ }).waitFor();
    }
  });

  step('a place in a conversation is there again on Back', async () => {
    await here.timeline.getByRole('button', { name: /Jump to the present/ }).click();
    await here.message('Boat 60 came in.').waitFor();
    await here.timeline.locator('[data-virtuoso-scroller]').hover();
    await ann.page.mouse.wheel(0, -900);
    await here.timeline.getByRole('button', { name: /Jump to the present/ }).waitFor();
    await standsStill(here.timeline.locator('[data-virtuoso-scroller]'));
    const seen = await here.messages.evaluateAll((rows) => {
      const middle = window.innerHeight / 2;
      return rows.find((row) => row.getBoundingClientRect().bottom > middle)?.textContent?.match(/Boat \d+ came in\./)?.[0] ?? '';
    });
    await ann.page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: /Attic/ }).click();
    await ann.at(`/rooms/${attic.id}`);
    await ann.page.goBack();
    await here.message(seen).waitFor();
    await waitFor(() => inView(seen), { what: 'the place where one was', withinMs: 30_000 });
    expect(await here.message('Boat 60 came in.').count()).toBe(0);
  });

  step('Tab takes all messages as one stop, and the arrows move among them', async () => {
    const door = ann.page.getByRole('navigation', { name: 'In this room' }).getByRole('link', { name: 'Settings', exact: true });
    await door.focus();
    await ann.page.keyboard.press('Tab');
    const focused = ann.page.locator('article:focus');
    await focused.waitFor();
    const first = await focused.getAttribute('data-seq');
    await ann.page.keyboard.press('ArrowUp');
    expect(Number(await focused.getAttribute('data-seq'))).toBe(Number(first) - 1);
    await ann.page.keyboard.press('ArrowRight');
    await ann.page.locator('article button:focus').waitFor();
    await ann.page.keyboard.press('Escape');
    await focused.waitFor();
    await ann.page.keyboard.press('Shift+Tab');
    expect(await door.evaluate((link) => link === document.activeElement)).toBe(true);
    await here.composer.focus();
    await ann.page.keyboard.press('Shift+Tab');
    for (let steps = 0; steps < 4 && (await focused.count()) === 0; steps += 1) await ann.page.keyboard.press('Shift+Tab');
    expect(Number(await focused.getAttribute('data-seq'))).toBe(Number(first) - 1);
  });

  step('settings that were changed are not dropped without asking', async () => {
    const settings = await here.open('Settings');
    await settings.getByRole('textbox', { name: 'Topic' }).fill('Tides');
    await ann.page.keyboard.press('Escape');
    const dialog = ann.page.getByRole('dialog', { name: 'Discard your changes?' });
    await dialog.getByRole('button', { name: 'Keep editing' }).click();
    expect(await settings.getByRole('textbox', { name: 'Topic' }).inputValue()).toBe('Tides');
    await ann.page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: /Attic/ }).click();
    await dialog.getByRole('button', { name: 'Discard' }).click();
    await ann.at(`/rooms/${attic.id}`);
  });

  step('the rail shows drafts and counts, and its keys and numbers lead to what is new', async () => {
    const rail = ann.page.getByRole('navigation', { name: 'Rooms' });
    await here.composer.fill('half a thought');
    await ann.page.keyboard.press('Alt+ArrowDown');
    await ann.at(`/rooms/${harbour.id}`);
    await rail.getByRole('link', { name: /Attic/ }).getByLabel('draft').waitFor();
    await benSelf.say(attic, `Look up, @${annSelf.user.username}`);
    for (let number = 1; number <= 3; number += 1) await benSelf.say(attic, `Beam ${number} creaks.`);
    await rail.getByRole('link', { name: /Attic/ }).getByLabel('1 mentions').click();
    await ann.at(/\/rooms\/.*\?at=\d+$/);
    await here.message('Look up').waitFor();
    expect(await here.message('Look up').getAttribute('data-named')).toBe('true');
    expect(await here.message('Look up').locator('mark').getAttribute('dir')).toBe('ltr');
  });

  step('signing in and the bare address lead back to the room', async () => {
    await ann.go('/');
    await ann.at(`/rooms/${attic.id}`);
    expect(ann.complaints).toEqual([]);
  });

  step('a wrong password leaves the focus in its field', async () => {
    const stranger = await Window.open();
    await stranger.go('/sign-in');
    await stranger.field('Username or e-mail').fill(benSelf.user.username);
    await stranger.field('Password').fill('not the password');
    await stranger.press('Sign in');
    await stranger.page.getByRole('alert').waitFor();
    await stranger.page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'password');
    await stranger.page.keyboard.press('Control+A');
    await stranger.page.keyboard.type('correct horse battery');
    await stranger.page.keyboard.press('Enter');
    await stranger.at(/\/rooms\/[0-9a-f-]{36}$/);
  });
});

/** A list rolls on for a moment, and moves while its rows find their heights. */
const standsStill = (list: Locator): Promise<void> =>
  list.evaluate(
    (element) =>
      new Promise<void>((resolve) => {
        let [before, frames] = ['', 0];
        const look = (): void => {
          const now = `${element.scrollTop} of ${element.scrollHeight}`;
          frames = now === before ? frames + 1 : 0;
          before = now;
          if (frames === 20) resolve();
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
