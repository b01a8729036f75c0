import type { Message, Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { Socket } from '../support/socket.ts';
import { RoomWindow } from './support/room-window.ts';
import { aStory } from './support/story.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

describe('a reply that the room is to see as well', () => {
  const step = aStory('also-in-room');
  let self: Person;
  let ben: Person;
  let ann: Window;
  let here: RoomWindow;
  let room: Room;
  let root: Message;
  const TOLD = 'The tide is at noon';

  beforeAll(async () => {
    [self, ben] = [await Person.register('ann'), await Person.register('ben')];
    room = await self.createRoom({ name: 'Tides' });
    await ben.join(room);
    root = await ben.say(room, 'When is the tide?');
    ann = await Window.open();
    here = new RoomWindow(ann);
    await ann.go('/sign-in');
    await ann.signIn(self.user.username);
    await ann.go(`/rooms/${room.id}/thread/${root.id}`);
    await here.message('When is the tide?').waitFor();
  }, 90_000);

  const inThread = (text: string) => here.panel('Thread').locator('[data-message-id]').filter({ hasText: text });

  step('is sent so by a box under the answer, which is empty again for the next one', async () => {
    const socket = await Socket.connect(ben);
    const thread = here.panel('Thread');
    const field = thread.getByRole('textbox', { name: 'Reply' });
    await thread.getByRole('checkbox', { name: 'Also send to Tides' }).check();
    await field.fill(TOLD);
    await field.press('Enter');
    await here.message(TOLD).waitFor();
    await inThread(TOLD).getByText('Also sent to the room').waitFor();
    expect(await thread.getByRole('checkbox', { name: 'Also send to Tides' }).isChecked()).toBe(false);
    const entry = await socket.entry(room.id, (one) => one.type === 'message.created' && one.message.body === TOLD);
    expect(entry).toMatchObject({ message: { parentId: root.id, alsoInRoom: true } });
    await field.fill('Bring a boat');
    await field.press('Enter');
    await inThread('Bring a boat').waitFor();
    expect(await here.message('Bring a boat').count()).toBe(0);
  });

  step('counts for others once in the room, which shows it last', async () => {
    const seen = await ben.do<Room>('GET', `/api/rooms/${room.id}`);
    expect(seen).toMatchObject({ lastMessage: { body: TOLD }, me: { unread: 1, threadUnread: 2 } });
    const notifications = await ben.do<{ items: { messageId: string }[] }>('GET', '/api/me/notifications');
    expect(notifications.items.filter(({ messageId }) => messageId === seen.lastMessage!.id)).toHaveLength(1);
    const found = await ben.do<{ items: unknown[] }>('GET', `/api/search?q=noon&roomId=${room.id}`);
    expect(found.items).toHaveLength(1);
  });

  step('stands in the room with the way to its thread, after a reload too', async () => {
    await ann.go(`/rooms/${room.id}`);
    await here.message(TOLD).getByRole('link', { name: 'Replied to a thread: When is the tide?' }).click();
    await inThread(TOLD).waitFor();
  });

  step('is edited and deleted in both places', async () => {
    const [sent] = (await self.messages(room)).filter(({ body }) => body === TOLD);
    await self.do('PATCH', `/api/rooms/${room.id}/messages/${sent!.id}`, { body: 'The tide is at one' });
    await here.message('The tide is at one').waitFor();
    await inThread('The tide is at one').waitFor();
    await self.do('DELETE', `/api/rooms/${room.id}/messages/${sent!.id}`);
    await here.message('This message was deleted.').waitFor();
    await inThread('This message was deleted.').waitFor();
    expect(await ben.do<Room>('GET', `/api/rooms/${room.id}`)).toMatchObject({ lastMessage: { id: root.id }, me: { unread: 0 } });
  });
});
