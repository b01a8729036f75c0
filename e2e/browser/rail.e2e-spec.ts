import type { Room } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import type { Locator } from 'playwright-core';
import { Person } from '../support/person.ts';
import { objections, overflowing } from './support/eyes.ts';
import { RoomWindow } from './support/room-window.ts';
import { aStory } from './support/story.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

const TABLET = { width: 820, height: 1180 };
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1440, height: 900 };

describe('the list of rooms', () => {
  const step = aStory('rail');
  let self: Person;
  let ben: Person;
  let ann: Window;
  const rooms = new Map<string, Room>();

  beforeAll(async () => {
    [self, ben] = [await Person.register('ann'), await Person.register('ben')];
    for (const name of ['Zoo', 'Attic', 'Mill']) {
      const room = await ben.createRoom({ name });
      await self.join(room);
      rooms.set(name, room);
    }
    ann = await Window.open();
    await ann.go('/sign-in');
    await ann.signIn(self.user.username);
    await ann.go(`/rooms/${rooms.get('Mill')!.id}`);
    await section('Rooms').getByRole('link', { name: 'Zoo' }).waitFor();
  }, 90_000);

  const section = (name: string): Locator => ann.page.getByRole('region', { name, exact: true });
  const names = async (name: string): Promise<string[]> =>
    (await section(name).getByRole('listitem').allInnerTexts()).map((text) => text.split('\n')[0]!.trim());
  const view = async (item: string): Promise<void> => {
    await ann.page.getByRole('button', { name: 'How rooms are listed' }).click();
    await ann.page.getByRole('menu').getByText(item, { exact: true }).click();
    await ann.page.keyboard.press('Escape');
  };
  const choose = async (room: string, item: string): Promise<void> => {
    await ann.page.getByRole('link', { name: room }).first().hover();
    await ann.page.getByRole('button', { name: `What to do with ${room}` }).click();
    await ann.page.getByRole('menuitem', { name: item }).click();
  };

  step('is by name when one likes, also after a reload', async () => {
    await view('By name');
    await waitFor(async () => (await names('Rooms')).join() === 'Attic,Mill,Zoo', { withinMs: 20_000, what: 'the order' });
    await ann.page.reload();
    await waitFor(async () => (await names('Rooms')).join() === 'Attic,Mill,Zoo', { withinMs: 20_000, what: 'the order' });
  });

  step('has favourites first, and a menu for each room', async () => {
    await choose('Zoo', 'Add to favourites');
    await section('Favourites').getByRole('link', { name: 'Zoo' }).waitFor();
    await choose('Attic', 'Mute');
    await section('Rooms').getByRole('link', { name: 'Attic' }).getByLabel('muted').waitFor();
    await choose('Attic', 'Unmute');
    await section('Rooms').getByLabel('muted').waitFor({ state: 'detached' });
    await choose('Attic', 'Leave…');
    await ann.heading('Leave Attic?').waitFor();
    await ann.go(`/rooms/${rooms.get('Mill')!.id}`);
  });

  step('shows what is unread alone when one likes, and keys lead there', async () => {
    await ben.say(rooms.get('Zoo')!, 'The lion is out');
    await section('Favourites').getByLabel('1 unread').waitFor();
    await view('Unread only');
    await waitFor(async () => (await names('Rooms')).join() === 'Mill', { withinMs: 20_000, what: 'what is read to go' });
    await ann.page.keyboard.press('Alt+Shift+ArrowDown');
    await ann.at(new RegExp(rooms.get('Zoo')!.id));
    await new RoomWindow(ann).message('The lion is out').waitFor();
    await view('Unread only');
    await ann.page.keyboard.press('Alt+ArrowDown');
    await ann.at(new RegExp(rooms.get('Attic')!.id));
  });

  step('folds by section', async () => {
    await section('Favourites').getByRole('button', { name: 'Favourites', expanded: true }).click();
    await section('Favourites').getByRole('link').waitFor({ state: 'detached' });
    await section('Favourites').getByRole('button', { name: 'Favourites', expanded: false }).click();
    await section('Favourites').getByRole('link', { name: 'Zoo' }).waitFor();
  });

  step('is a strip on a tablet, and opens over the page until one has gone somewhere', async () => {
    await ann.page.setViewportSize(TABLET);
    await ann.page.getByRole('button', { name: /^Show the sidebar/ }).click();
    await section('Favourites').getByRole('link', { name: 'Zoo' }).click();
    await ann.at(new RegExp(rooms.get('Zoo')!.id));
    await section('Favourites').waitFor({ state: 'detached' });
    await ann.page.getByRole('button', { name: /^Show the sidebar/ }).click();
    await section('Rooms').waitFor();
    await ann.page.keyboard.press('Escape');
    await section('Rooms').waitFor({ state: 'detached' });
    expect(await overflowing(ann.page)).toEqual([]);
  });

  step('leaves the room to itself on a phone, whose menu leads to all that belongs to it', async () => {
    await ann.page.setViewportSize(PHONE);
    await ann.page.getByRole('button', { name: 'Zoo, what to do with it' }).click();
    await ann.page.getByRole('menuitem', { name: 'Pins' }).click();
    await new RoomWindow(ann).panel('Pins').waitFor();
    expect(await overflowing(ann.page)).toEqual([]);
    await ann.page.setViewportSize(DESK);
    await ann.go('/drafts');
    await ann.sees('Nothing waits here');
    expect(await objections(ann.page)).toEqual([]);
  });
});
