import type { Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { RoomWindow } from './support/room-window.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

describe('a room that is opened by its address', () => {
  it('is read once one has joined, also when it was refused before', async () => {
    const host = await Person.register('host');
    const room = await host.createRoom({ password: 'open sesame' });
    await host.say(room, 'Behind the door.');
    const guest = await Person.register('guest');
    const window = await Window.open();
    await window.go('/sign-in');
    await window.signIn(guest.user.username);
    await window.go(`/rooms/${room.id}`);
    await window.at(/\/join$/);
    await window.field('Room password').fill('open sesame');
    await window.press('Join room');
    await new RoomWindow(window).message('Behind the door.').waitFor();
  });

  it('shows what was said after one had joined and before the gateway followed the room for one', async () => {
    const host = await Person.register('host');
    const room = await host.createRoom();
    await host.say(room, 'Said before.');
    const guest = await Person.register('guest');
    const window = await Window.open();
    const here = new RoomWindow(window);
    let follow = (_lastSeq: number) => {};
    await window.page.routeWebSocket('**/ws', (socket) => {
      const server = socket.connectToServer();
      let isFollowed = false;
      server.onMessage((text) => {
        const frame = JSON.parse(String(text)) as { event: string; data: { room: Room } };
        if (frame.event === 'room.joined') {
          follow = (lastSeq) => {
            isFollowed = true;
            socket.send(JSON.stringify({ ...frame, data: { room: { ...frame.data.room, lastSeq } } }));
          };
        } else if (isFollowed || frame.event !== 'timeline') socket.send(text);
      });
    });
    await window.go('/sign-in');
    await window.signIn(guest.user.username);
    await window.go(`/rooms/${room.id}`);
    await window.press('Join room');
    await here.message('Said before.').waitFor();
    const { seq } = await host.say(room, 'Said just after.');
    follow(seq);
    await here.message('Said just after.').waitFor();
  });

  it('shows what was said and edited after its first page was read and before its socket was open', async () => {
    const self = await Person.register('ann');
    const room = await self.createRoom();
    const first = await self.say(room, 'Said before.');
    const ann = await Window.open();
    const here = new RoomWindow(ann);
    await ann.go('/sign-in');
    await ann.signIn(self.user.username);

    let openSocket = () => {};
    const wanted = new Promise<void>((resolve) => (openSocket = resolve));
    await ann.page.routeWebSocket('**/ws', async (socket) => {
      await wanted;
      socket.connectToServer();
    });
    await ann.go(`/rooms/${room.id}`);
    await here.message('Said before.').waitFor();
    await self.say(room, 'Said in between.');
    await self.do('PATCH', `/api/rooms/${room.id}/messages/${first.id}`, { body: 'Edited in between.' });
    openSocket();
    await here.message('Said in between.').waitFor();
    await here.message('Edited in between.').waitFor();
  });
});
