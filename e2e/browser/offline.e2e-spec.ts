import type { Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import type { WebSocketRoute } from 'playwright-core';
import { Person } from '../support/person.ts';
import { killAndAwaitReturn } from '../support/stack.ts';
import { RoomWindow } from './support/room-window.ts';
import { aStory } from './support/story.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

describe('while the server is away', () => {
  const step = aStory('offline');
  let ann: Window;
  let ben: Window;
  let annHere: RoomWindow;
  let benHere: RoomWindow;
  let room: string;
  let created: Room;
  let annSelf: Person;
  let root: Person;

  beforeAll(async () => {
    [annSelf, root] = await Promise.all([Person.register('ann'), Person.admin()]);
    const benSelf = await Person.register('ben');
    created = await annSelf.createRoom({ name: 'Lighthouse' });
    await benSelf.join(created);
    await benSelf.say(created, 'The lamp is lit.');
    room = `/rooms/${created.id}`;
    [ann, ben] = [await Window.open(), await Window.open()];
    [annHere, benHere] = [new RoomWindow(ann), new RoomWindow(ben)];
    await Promise.all([enter(ann, annSelf), enter(ben, benSelf)]);
  });

  async function enter(window: Window, person: Person): Promise<void> {
    await window.go(room);
    await window.signIn(person.user.username);
    await new RoomWindow(window).message('The lamp is lit.').waitFor();
    await new RoomWindow(window).header.getByText('2 online').waitFor();
  }

  const bar = (window: Window, text: string) => window.page.getByRole('status', { name: 'Connection' }).getByText(text);

  step('reading goes on, and what was written meanwhile arrives once', async () => {
    const returned = killAndAwaitReturn('gateway');
    await annHere.message('The lamp is lit.').waitFor();
    await annHere.write('Written in the dark.');
    await returned;
    await annHere.message('Written in the dark.').waitFor();
    await benHere.message('Written in the dark.').waitFor();
    await bar(ann, 'Reconnecting').waitFor({ state: 'detached' });

    await benHere.say('Seen from the shore.');
    await annHere.message('Seen from the shore.').waitFor();
    for (const here of [annHere, benHere]) {
      expect(await here.message('Written in the dark.').count()).toBe(1);
      expect(await here.message('Seen from the shore.').count()).toBe(1);
    }
    expect(await annHere.onItsWay('Written in the dark.').count()).toBe(0);
    await ann.page.reload();
    await annHere.message('Seen from the shore.').waitFor();
    expect(await annHere.message('Written in the dark.').count()).toBe(1);
  });

  step('what one writes while the network is away goes out once it is back', async () => {
    await ann.page.context().setOffline(true);
    await bar(ann, 'You are offline').waitFor();
    await annHere.write('Carried over.');
    await annHere.onItsWay('Carried over.').waitFor();
    await ann.page.context().setOffline(false);
    await annHere.message('Carried over.').waitFor();
    await benHere.message('Carried over.').waitFor();
    await bar(ann, 'You are offline').waitFor({ state: 'detached' });
    expect(await benHere.message('Carried over.').count()).toBe(1);
  });

  step('what another device saved and an admin granted while the line was cut is there once it is back', async () => {
    let isCut = false;
    let last: WebSocketRoute | undefined;
    await ann.page.routeWebSocket(/\/ws$/, (socket) => {
      last = socket;
      if (isCut) void socket.close();
      else socket.connectToServer();
    });
    await ann.page.reload();
    await annHere.message('Carried over.').waitFor();
    await ann.page.getByRole('link', { name: 'Saved' }).click();
    await ann.page.getByText('Nothing is saved').waitFor();
    isCut = true;
    await last!.close();
    await bar(ann, 'Reconnecting').waitFor();
    const carried = (await annSelf.messages(created)).find(({ body }) => body === 'Carried over.')!;
    await annSelf.do('PUT', `/api/me/saved/${carried.id}`);
    await root.do('POST', `/api/admin/users/${annSelf.id}/credits`, { amount: 5, reason: 'For the night' });
    isCut = false;
    await ann.page.getByRole('list', { name: 'Saved messages' }).getByText('Carried over.').waitFor();
    await ann.account.getByText('105 credits').waitFor();
    await ann.page.goBack();
  });

  step('a thin bar says so, and a message outlives the page it was written on', async () => {
    let isCut = true;
    await ann.page.routeWebSocket(/\/ws$/, (socket) => void (isCut ? socket.close() : socket.connectToServer()));
    await ann.page.reload();
    await bar(ann, 'Reconnecting').waitFor();
    await annHere.write('Found in a bottle.');
    await annHere.onItsWay('Found in a bottle.').waitFor();
    await ann.page.reload();
    await annHere.onItsWay('Found in a bottle.').waitFor();
    isCut = false;
    await annHere.message('Found in a bottle.').waitFor();
    await benHere.message('Found in a bottle.').waitFor();
    expect(await annHere.onItsWay('Found in a bottle.').count()).toBe(0);
    expect(await benHere.message('Found in a bottle.').count()).toBe(1);
  });
});
