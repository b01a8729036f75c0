import type { Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { RoomWindow } from './support/room-window.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

describe('the link of a private room', () => {
  let host: Person;
  let room: Room;
  let ann: Window;
  let here: RoomWindow;

  beforeAll(async () => {
    host = await Person.register('ann');
    room = await host.createRoom({ name: 'Board', visibility: 'private', password: 'open sesame' });
    ann = await Window.open({ viewport: { width: 1440, height: 900 } });
    here = new RoomWindow(ann);
    await ann.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await ann.go('/sign-in');
    await ann.signIn(host.user.username);
    await ann.go(`/rooms/${room.id}`);
    await here.composer.waitFor();
  }, 60_000);

  const copied = async (press: () => Promise<void>): Promise<string> => {
    await ann.page.evaluate(() => navigator.clipboard.writeText(''));
    await press();
    await ann.page.waitForFunction(async () => (await navigator.clipboard.readText()) !== '');
    return ann.page.evaluate(() => navigator.clipboard.readText());
  };

  it.each([
    ['the first steps in it', () => here.timeline.getByRole('button', { name: 'Copy link' }).click()],
    ['its settings', async () => (await here.open('Settings')).getByRole('button', { name: 'Copy the room’s link' }).click()],
    [
      'its menu',
      async () => {
        await here.header.getByRole('button', { name: 'Board' }).click();
        await ann.page.getByRole('menuitem', { name: 'Copy link' }).click();
      },
    ],
  ])('leads whom it is given to the password form, copied from %s', async (_place, press) => {
    const guest = await Person.register('guest');
    const theirs = await Window.open();
    await theirs.go('/sign-in');
    await theirs.signIn(guest.user.username);
    await theirs.go(new URL(await copied(press)).href.replace(/^https?:\/\/[^/]+/, ''));
    await theirs.field('Room password').fill('open sesame');
    await theirs.page.getByRole('button', { name: /^Join/ }).click();
    await new RoomWindow(theirs).composer.waitFor();
  });
});
