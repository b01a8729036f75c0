import { cleanUp } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { RoomWindow } from './support/room-window.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

describe('where nothing was said yet', () => {
  let ann: Person;
  let ben: Person;
  let page: Window;
  let here: RoomWindow;

  beforeAll(async () => {
    [ann, ben, page] = await Promise.all([Person.register('ann'), Person.register('ben'), Window.open()]);
    here = new RoomWindow(page);
    await page.go('/sign-in');
    await page.signIn(ann.user.username);
  }, 60_000);

  it('a room offers its host to bring people in, by name or by link', async () => {
    const room = await ann.createRoom({ name: 'Tea kitchen' });
    await page.go(`/rooms/${room.id}`);
    await here.timeline.getByRole('button', { name: 'Invite people' }).click();
    const dialog = page.page.getByRole('dialog', { name: 'Invite people' });
    await dialog.getByRole('button', { name: 'Make and copy a link' }).waitFor();
    await dialog.getByText('By link').waitFor();
  });

  it('a member who may not invite is offered the link of the room alone', async () => {
    const room = await ben.createRoom({ name: 'Not mine' });
    await ann.join(room);
    await page.go(`/rooms/${room.id}`);
    await here.timeline.getByRole('button', { name: 'Copy link' }).waitFor();
    expect(await here.timeline.getByRole('button', { name: 'Invite people' }).count()).toBe(0);
  });

  it('a conversation of two is not called a room, and offers no link to it', async () => {
    const room = (await ann.do('POST', '/api/rooms/direct', { userIds: [ben.id] })) as { id: string };
    await page.go(`/rooms/${room.id}`);
    await here.timeline.getByText('This is the beginning of your conversation.').waitFor();
    await here.timeline.getByRole('button', { name: 'Add a file' }).waitFor();
    expect(await here.timeline.getByRole('button', { name: /link|Invite/ }).count()).toBe(0);
  });
});
