import type { Room } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { DESK, PHONE, objections, overflowing } from './support/eyes.ts';
import { RoomWindow } from './support/room-window.ts';
import { aStory } from './support/story.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

const KATHMANDU = 'Asia/Kathmandu';

describe('what people say they are up to', () => {
  const step = aStory('status');
  let ann: Window;
  let here: RoomWindow;
  let host: Person;
  let ben: Person;
  let room: Room;

  beforeAll(async () => {
    host = await Person.register('ann');
    ben = await Person.register('ben');
    await ben.do('PATCH', '/api/me', { displayName: 'Ben' });
    room = await host.createRoom({ name: 'Status room' });
    await ben.join(room);
    await ben.say(room, 'Off I go.');
    await host.do('POST', '/api/rooms/direct', { userIds: [ben.user.id] });
    ann = await Window.open({ viewport: DESK });
    here = new RoomWindow(ann);
    await ann.go(`/rooms/${room.id}`);
    await ann.signIn(host.user.username);
    await here.message('Off I go.').waitFor();
  }, 90_000);

  const dialog = () => ann.page.getByRole('dialog', { name: 'Your status' });
  const account = () => ann.account;
  const signIn = (place: ReturnType<Window['page']['locator']>) => place.getByRole('img', { name: 'Status: Lunch' });
  const inRail = () => signIn(ann.page.getByRole('link').filter({ hasText: 'Ben' }));
  const card = () => ann.page.getByRole('dialog', { name: 'Ben' });

  step('is set from the own menu, with an emoji and an end, and kept for others to see', async () => {
    await account().click();
    await ann.page.getByRole('menuitem', { name: 'Set a status' }).click();
    await dialog()
      .getByRole('button', { name: /Out for lunch/ })
      .click();
    await dialog().getByRole('textbox', { name: 'What are you up to?' }).fill('Soup');
    await dialog().getByRole('button', { name: 'Emoji of the status' }).click();
    await ann.page.getByRole('textbox', { name: 'Search emoji' }).fill('pizza');
    await ann.page.keyboard.press('Enter');
    await dialog().getByRole('button', { name: 'Emoji of the status' }).filter({ hasText: '🍕' }).waitFor();
    expect(await objections(ann.page, '[role=dialog]')).toEqual([]);
    await dialog().getByRole('button', { name: 'Save status' }).click();
    await account().filter({ hasText: '🍕 Soup' }).waitFor();
    const { items } = await ben.do<{ items: unknown[] }>('GET', `/api/users?query=${host.user.username}`);
    expect(items).toMatchObject([{ statusEmoji: '🍕', statusText: 'Soup', statusUntil: expect.any(String) }]);
  });

  step('keeps its end when it is looked at again, and goes when it is cleared', async () => {
    await account().click();
    await ann.page.getByRole('menuitem', { name: 'Set a status' }).click();
    await dialog().getByRole('combobox', { name: 'Clear it' }).locator('option', { hasText: 'as set' }).waitFor({ state: 'attached' });
    await dialog().getByRole('button', { name: 'Clear', exact: true }).click();
    await dialog().getByRole('button', { name: 'Save status' }).click();
    await account().filter({ hasText: 'credits' }).waitFor();
  });

  step('shows beside the name in the list of rooms, among the members, at messages and on the card, at once', async () => {
    await here.open('Members');
    await ben.do('PATCH', '/api/me', { statusEmoji: '🥗', statusText: 'Lunch', timeZone: KATHMANDU });
    await inRail().waitFor();
    await signIn(here.panel('Members').getByRole('listitem').filter({ hasText: 'Ben' })).waitFor();
    await signIn(here.message('Off I go.')).waitFor();
    await here.message('Off I go.').getByRole('button', { name: 'Ben' }).click();
    await card().getByText('🥗 Lunch').waitFor();
    await card()
      .getByText(/\d:\d\d.* local time/)
      .waitFor();
    await card().getByRole('region', { name: 'Rooms you share' }).getByRole('link', { name: 'Status room' }).waitFor();
  });

  step('suits weak eyes and a phone', async () => {
    for (const viewport of [PHONE, DESK]) {
      await ann.page.setViewportSize(viewport);
      expect(await objections(ann.page, '[role=dialog]')).toEqual([]);
      expect(await overflowing(ann.page)).toEqual([]);
    }
    await ann.page.keyboard.press('Escape');
  });

  step('is gone for everybody at its end, without a word', async () => {
    await ben.do('PATCH', '/api/me', { statusEmoji: '🥗', statusText: 'Lunch', statusUntil: new Date(Date.now() + 1_500).toISOString() });
    await waitFor(async () => (await inRail().count()) === 0 && (await signIn(ann.page.locator('body')).count()) === 0, {
      withinMs: 30_000,
    });
    const { items } = await host.do<{ items: object[] }>('GET', `/api/users?query=${ben.user.username}`);
    expect(items).toMatchObject([{ id: ben.user.id }]);
    expect(items[0]).not.toHaveProperty('statusEmoji');
    await here.message('Off I go.').getByRole('button', { name: 'Ben' }).click();
    await card().getByText('local time').waitFor();
    expect(await card().getByText('Lunch').count()).toBe(0);
  });
});
