import type { Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { RoomWindow } from './support/room-window.ts';
import { aStory } from './support/story.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

describe('with notifications on the page one can', () => {
  const step = aStory('notifications');
  let self: Person;
  let ben: Person;
  let window: Window;
  let here: RoomWindow;
  let [room, other]: Room[] = [];

  beforeAll(async () => {
    [self, ben] = [await Person.register('ann'), await Person.register('ben')];
    room = await self.createRoom({ name: 'Where one is called' });
    other = await self.createRoom({ name: 'Where one looks' });
    await ben.join(room);
    window = await Window.open();
    here = new RoomWindow(window);
    await window.go('/sign-in');
    await window.signIn(self.user.username);
    await window.go(`/rooms/${other.id}`);
    await window.page.getByRole('link', { name: /^Notifications/ }).waitFor();
  }, 90_000);

  const bell = () => window.page.getByRole('link', { name: /^Notifications/ });

  step('see at the bell that one was named elsewhere, jump there, and have it read', async () => {
    await ben.say(room!, `@${self.user.username} are you there?`);
    await bell().getByText('1', { exact: true }).waitFor();
    await bell().click();
    await window.page.getByRole('link', { name: /are you there\?/ }).click();
    await here.message(/are you there\?/).waitFor();
    await bell().getByText('1', { exact: true }).waitFor({ state: 'detached' });
  });

  step('silence the room from its menu', async () => {
    await window.page.getByRole('button', { name: /^Notifications of this room/ }).click();
    await window.page.getByRole('menuitem', { name: 'Mute for an hour' }).click();
    await window.page
      .getByRole('link', { name: /Where one is called/ })
      .getByLabel('muted')
      .waitFor();
  });

  step('write to somebody by their name from the switcher', async () => {
    await window.page.keyboard.press('Control+k');
    await window.page.getByRole('combobox', { name: 'Jump to' }).fill(ben.user.username);
    await window.page.getByRole('option', { name: new RegExp(`^Message ${ben.user.displayName}`) }).click();
    await window.page.getByText('Direct messages', { exact: true }).waitFor();
    await here.header.getByText(ben.user.displayName).first().waitFor();
    await here.say('a word between us');
    await here.message('a word between us').waitFor();
  });
});
