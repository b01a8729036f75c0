import type { Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { RoomWindow } from './support/room-window.ts';
import { aStory } from './support/story.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

describe('what one does with what was said', () => {
  const step = aStory('talk');
  let self: Person;
  let ben: Person;
  let ann: Window;
  let here: RoomWindow;
  let room: Room;

  beforeAll(async () => {
    [self, ben] = [await Person.register('ann'), await Person.register('ben')];
    room = await self.createRoom({ name: 'Talk room' });
    await ben.join(room);
    await ben.say(room, 'Tea at four?');
    ann = await Window.open();
    here = new RoomWindow(ann);
    await ann.go('/sign-in');
    await ann.signIn(self.user.username);
    await ann.go(`/rooms/${room.id}`);
    await here.message('Tea at four?').waitFor();
  }, 90_000);

  const choose = async (text: string, item: string): Promise<void> => {
    await here.act(text, 'More actions');
    await ann.page.getByRole('menuitem', { name: item, exact: true }).click();
  };

  step('edit a message in its place, and see what it said before', async () => {
    await here.say('Yes, at the mil');
    await choose('Yes, at the mil', 'Edit');
    const field = ann.page.getByRole('textbox', { name: 'Edit message' });
    expect(await field.inputValue()).toBe('Yes, at the mil');
    await field.press('Escape');
    await choose('Yes, at the mil', 'Edit');
    await field.fill('Yes, at the mill');
    await field.press('Enter');
    await here.message('Yes, at the mill').getByRole('button', { name: 'edited' }).click();
    const dialog = ann.page.getByRole('dialog', { name: 'Versions of this message' });
    await dialog.getByText('Yes, at the mil', { exact: true }).waitFor();
    await ann.page.keyboard.press('Escape');
  });

  step('react with an emoji at hand and one from the picker, and take one back', async () => {
    await here.act('Tea at four?', 'React with 👍');
    const chips = here.message('Tea at four?').getByRole('group', { name: 'Reactions' });
    await chips.getByRole('button', { name: /^👍 1/, pressed: true }).waitFor();
    await here.act('Tea at four?', 'React');
    await ann.page.getByRole('textbox', { name: 'Search emoji' }).fill('coffee');
    await ann.page.getByRole('button', { name: 'coffee', exact: true }).click();
    await chips.getByRole('button', { name: /^☕ 1/ }).waitFor();
    await chips.getByRole('button', { name: /^👍 1/ }).click();
    await chips.getByRole('button', { name: /^👍/ }).waitFor({ state: 'detached' });
  });

  step('save a message, find it among what is saved, and come back to it', async () => {
    await choose('Tea at four?', 'Save for later');
    await ann.page.getByRole('link', { name: 'Saved' }).click();
    const saved = ann.page.getByRole('list', { name: 'Saved messages' });
    await saved.getByText('Tea at four?').waitFor();
    await saved.getByRole('link', { name: 'Jump to it' }).click();
    await here.message('Tea at four?').waitFor();
  });

  step('see a followed thread answered, in the list of all threads', async () => {
    const [root] = (await self.messages(room)).slice(-1);
    await ben.say(room, 'Bring the cups', { parentId: root!.id });
    await ann.page
      .getByRole('link', { name: /^Threads/ })
      .first()
      .click();
    await ann.page.getByRole('list', { name: 'Threads' }).getByText('1 new').waitFor();
    await ann.page.getByRole('link', { name: '1 reply' }).click();
    await here.panel('Thread').getByText('Bring the cups').waitFor();
    await here.panel('Thread').getByRole('button', { name: 'Following' }).click();
    await here.panel('Thread').getByRole('button', { name: 'Follow', exact: true }).waitFor();
  });

  step('delete what somebody else wrote, with a reason', async () => {
    await ann.go(`/rooms/${room.id}`);
    await choose('Tea at four?', 'Delete');
    const dialog = ann.page.getByRole('dialog', { name: 'Delete this message?' });
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('no tea here');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await here.message('This message was deleted.').waitFor();
    expect(await here.message('Tea at four?').count()).toBe(0);
  });
});
