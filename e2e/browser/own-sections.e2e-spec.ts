import type { Preferences, Room } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import type { Locator } from 'playwright-core';
import { Person } from '../support/person.ts';
import { otherGateway } from '../support/stack.ts';
import { aStory } from './support/story.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

describe('sections of one’s own in the list of rooms', () => {
  const step = aStory('own-sections');
  let self: Person;
  let ann: Window;
  let elsewhere: Window;
  const rooms: Room[] = [];

  beforeAll(async () => {
    self = await Person.register('ann');
    for (const name of ['Boiler', 'Canteen', 'Deck']) rooms.push(await self.createRoom({ name }));
    [ann, elsewhere] = [await Window.open(), await Window.open({ baseURL: otherGateway })];
    for (const window of [ann, elsewhere]) {
      await window.go('/sign-in');
      await window.signIn(self.user.username);
      await window.go(`/rooms/${rooms[0]!.id}`);
      await section(window, 'Rooms').getByRole('link', { name: 'Deck' }).waitFor();
    }
  }, 120_000);

  const section = (window: Window, name: string): Locator =>
    window.page.getByRole('navigation', { name: 'Rooms' }).getByRole('region', { name, exact: true });
  const has = (window: Window, name: string, room: string) => section(window, name).getByRole('link', { name: room }).waitFor();
  const choose = (item: string) => ann.page.getByRole('menuitem', { name: item, exact: true }).click();
  const openMenu = async (room: string): Promise<void> => {
    const row = ann.page.getByRole('navigation', { name: 'Rooms' }).getByRole('listitem').filter({ hasText: room });
    await row.hover();
    await row.getByRole('button', { name: `What to do with ${room}` }).click();
  };
  const name = async (value: string, button: string): Promise<void> => {
    const dialog = ann.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill(value);
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  const kept = async () => (await self.do<Preferences>('GET', '/api/me/preferences')).sections ?? [];

  step('begin with a room that is moved to a new one, on every device', async () => {
    await openMenu('Boiler');
    await choose('Move to a new section…');
    await name('Machines', 'Create');
    for (const window of [ann, elsewhere]) await has(window, 'Machines', 'Boiler');
    await ann.page.reload();
    await has(ann, 'Machines', 'Boiler');
  });

  step('are made empty as well, and rooms move between them', async () => {
    await ann.page.getByRole('button', { name: 'How rooms are listed' }).click();
    await choose('New section…');
    await name('Food', 'Create');
    await section(ann, 'Food').getByText('Move rooms here by their menu.').waitFor();
    await openMenu('Canteen');
    await choose('Move to Food');
    await openMenu('Deck');
    await choose('Move to Food');
    for (const window of [ann, elsewhere]) for (const room of ['Canteen', 'Deck']) await has(window, 'Food', room);
    await openMenu('Deck');
    await choose('Take out of Food');
    await has(elsewhere, 'Rooms', 'Deck');
    await waitFor(async () => (await kept()).map(({ roomIds }) => roomIds.length).join() === '1,1', { what: 'both to have a room' });
  });

  step('are renamed, ordered and removed, their rooms going back among the others', async () => {
    await section(ann, 'Food').getByRole('button', { name: 'Section Food' }).click();
    await choose('Move up');
    await waitFor(async () => (await kept())[0]?.name === 'Food', { what: 'the order to be kept' });
    await section(ann, 'Food').getByRole('button', { name: 'Section Food' }).click();
    await choose('Rename…');
    await name('Kitchen', 'Save');
    await has(elsewhere, 'Kitchen', 'Canteen');
    await section(ann, 'Kitchen').getByRole('button', { name: 'Section Kitchen' }).click();
    await choose('Remove section');
    for (const window of [ann, elsewhere]) await has(window, 'Rooms', 'Canteen');
    expect(await kept()).toMatchObject([{ name: 'Machines', roomIds: [rooms[0]!.id] }]);
  });

  step('need a name that can be read', async () => {
    const preferences = await self.do<Preferences>('GET', '/api/me/preferences');
    const [known] = await kept();
    for (const bad of ['', ' \u200B ', 'two\nlines', 'x'.repeat(41)])
      expect(await self.refusal('PUT', '/api/me/preferences', { ...preferences, sections: [{ ...known, name: bad }] })).toEqual([
        422,
        'validation_failed',
      ]);
  });
});
