import { cleanUp } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { RoomWindow } from './support/room-window.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

describe('the members of a room', () => {
  let ann: Window;

  beforeAll(async () => {
    const [host, ben] = await Promise.all([Person.register('ann'), Person.register('ben')]);
    await ben.do('PATCH', '/api/me', { displayName: 'Benedict Annan-Featherstonehaugh of Lower Wapping' });
    const room = await host.createRoom();
    await ben.join(room);
    ann = await Window.open();
    await ann.go('/sign-in');
    await ann.signIn(host.user.username);
    await ann.go(`/rooms/${room.id}/members`);
    await new RoomWindow(ann).panel('Members').getByText('Benedict').waitFor();
  });

  it('have names that end in dots where there is no room for all of them', async () => {
    const name = new RoomWindow(ann).panel('Members').getByRole('button', { name: /^Benedict/ });
    const { isCut, ends } = await name.evaluate((element) => ({
      isCut: element.scrollWidth > element.clientWidth,
      ends: getComputedStyle(element).textOverflow,
    }));
    expect({ isCut, ends }).toEqual({ isCut: true, ends: 'ellipsis' });
  });

  it('stand in one column with what one may do about them', async () => {
    const panel = new RoomWindow(ann).panel('Members');
    const lefts = await Promise.all(
      ['Invite people', 'Raise my hand'].map(async (name) => (await panel.getByRole('button', { name }).boundingBox())!.x),
    );
    const face = (await panel.getByRole('listitem').first().locator('span').first().boundingBox())!.x;
    expect(lefts).toEqual([face, face]);
  });
});
