import { cleanUp } from '@atrium/testing';
import type { Locator } from 'playwright-core';
import { Person } from '../support/person.ts';
import { RoomWindow } from './support/room-window.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

describe('the members of a room', () => {
  let ann: Window;
  let roomId: string;
  let username: string;

  beforeAll(async () => {
    const [host, ben] = await Promise.all([Person.register('ann'), Person.register('ben')]);
    await ben.do('PATCH', '/api/me', { displayName: 'Benedict Annan-Featherstonehaugh of Lower Wapping' });
    const room = await host.createRoom();
    await ben.join(room);
    await ben.say(room, 'Is anybody there?');
    roomId = room.id;
    username = host.user.username;
    ann = await Window.open();
    await ann.go('/sign-in');
    await ann.signIn(host.user.username);
    await ann.go(`/rooms/${room.id}/members`);
    await new RoomWindow(ann).panel('Members').getByText('Benedict').waitFor();
  });

  it('have names that end in dots where there is no room for all of them', async () => {
    const panel = new RoomWindow(ann).panel('Members');
    expect(await endOf(panel.getByRole('button', { name: /^Benedict/ }))).toEqual({ isCut: true, ends: 'ellipsis' });
  });

  it('stand in one column with what one may do about them', async () => {
    const panel = new RoomWindow(ann).panel('Members');
    const lefts = await Promise.all(
      ['Invite people', 'Raise my hand'].map(async (name) => (await panel.getByRole('button', { name }).boundingBox())!.x),
    );
    const face = (await panel.getByRole('listitem').first().locator('span').first().boundingBox())!.x;
    expect(lefts).toEqual([face, face]);
  });

  it('leave room for the time above what they said on a phone', async () => {
    const phone = await Window.open({ viewport: { width: 360, height: 740 } });
    await phone.go('/sign-in');
    await phone.signIn(username);
    await phone.go(`/rooms/${roomId}`);
    const head = phone.page.locator('article header').filter({ hasText: 'Benedict' });
    expect(await endOf(head.getByRole('button'))).toEqual({ isCut: true, ends: 'ellipsis' });
    const time = (await head.locator('time').boundingBox())!;
    expect(time.x + time.width).toBeLessThanOrEqual(360);
  });
});

const endOf = (name: Locator) =>
  name.evaluate((element) => ({
    isCut: element.scrollWidth > element.clientWidth,
    ends: getComputedStyle(element).textOverflow,
  }));
