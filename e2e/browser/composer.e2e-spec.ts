import type { Room } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { RoomWindow } from './support/room-window.ts';
import { aStory } from './support/story.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

describe('whoever writes', () => {
  const step = aStory('composer');
  let self: Person;
  let ben: Person;
  let ann: Window;
  let here: RoomWindow;
  let room: Room;

  beforeAll(async () => {
    [self, ben] = [await Person.register('ann'), await Person.register('ben')];
    room = await self.createRoom({ name: 'Writing room' });
    await ben.join(room);
    await ben.say(room, 'Ready?');
    ann = await Window.open();
    here = new RoomWindow(ann);
    await ann.go('/sign-in');
    await ann.signIn(self.user.username);
    await ann.go(`/rooms/${room.id}`);
    await here.message('Ready?').waitFor();
  }, 90_000);

  /** Pastes what another program would have copied. */
  const paste = async (content: Record<string, string>): Promise<void> => {
    const data = await ann.page.evaluateHandle((given) => {
      const copied = new DataTransfer();
      for (const [type, value] of Object.entries(given)) copied.setData(type, value);
      return copied;
    }, content);
    await here.composer.evaluate(
      (field, clipboardData) => field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })),
      data,
    );
  };
  const written = (): Promise<string> => here.composer.inputValue();

  step('edits the last own message from an empty field, and goes on writing', async () => {
    await here.say('Nearly');
    await ben.say(room, 'Take your time');
    await here.message('Take your time').waitFor();
    await here.composer.press('ArrowUp');
    const field = ann.page.getByRole('textbox', { name: 'Edit message' });
    expect(await field.inputValue()).toBe('Nearly');
    await field.press('End');
    await ann.page.keyboard.type(' :tada: done');
    await field.press('Enter');
    await here.message('Nearly 🎉 done').waitFor();
    await ann.page.keyboard.type('and on');
    expect(await written()).toBe('and on');
    await here.composer.press('ArrowUp');
    expect(await field.count()).toBe(0);
  });

  step('formats by keys, and can undo it', async () => {
    await here.composer.fill('so nice');
    await here.composer.press('Control+Shift+ArrowLeft');
    await here.composer.press('Control+b');
    expect(await written()).toBe('so **nice**');
    await here.composer.press('Control+i');
    expect(await written()).toBe('so ***nice***');
    await here.composer.press('Control+b');
    expect(await written()).toBe('so *nice*');
    await here.composer.press('Control+z');
    expect(await written()).toBe('so ***nice***');
    await here.composer.fill('a b');
    await here.composer.press('Control+a');
    await here.composer.press('Control+e');
    expect(await written()).toBe('`a b`');
    await here.composer.fill('gone');
    await here.composer.press('Control+a');
    await here.composer.press('Control+Shift+X');
    expect(await written()).toBe('~~gone~~');
  });

  step('goes on with a list until its item is empty', async () => {
    await here.composer.fill('1. one');
    await here.composer.press('Shift+Enter');
    await ann.page.keyboard.type('two');
    expect(await written()).toBe('1. one\n2. two');
    await here.composer.press('Shift+Enter');
    await here.composer.press('Shift+Enter');
    expect(await written()).toBe('1. one\n2. two\n');
  });

  step('links words by an address pasted over them', async () => {
    await here.composer.fill('the plan');
    await here.composer.press('Control+a');
    await paste({ 'text/plain': 'https://plans.example/7' });
    expect(await written()).toBe('[the plan](https://plans.example/7)');
  });

  step('pastes a table of a page or of a spreadsheet as one', async () => {
    await here.composer.fill('');
    const html = '<style>td{}</style><table><tr><th>Who<th>Pay<tr><td rowspan=2>Ann<td>10<tr><td>20</table>';
    await paste({ 'text/html': html, 'text/plain': 'Who Pay' });
    expect(await written()).toBe('| Who | Pay |\n| --- | ---: |\n| Ann | 10 |\n|  | 20 |\n');
    await here.composer.press('Enter');
    await here.messages.getByRole('table').getByRole('cell', { name: 'Ann' }).waitFor();
    await here.composer.fill('Costs:');
    await here.composer.press('End');
    await paste({ 'text/plain': 'tea\t3\ncake\t5' });
    expect(await written()).toBe('Costs:\n\n| tea | 3 |\n| --- | ---: |\n| cake | 5 |\n');
  });

  const choose = async (text: string, item: string): Promise<void> => {
    await here.act(text, 'More actions');
    await ann.page.getByRole('menuitem', { name: item, exact: true }).click();
  };
  const menuItem = (name: string | RegExp) => ann.page.getByRole('menuitem', { name });

  step('quotes a message with a link to it, and goes on below', async () => {
    await ann.go(`/rooms/${room.id}`);
    await here.composer.fill('');
    await choose('Take your time', 'Quote');
    await ann.page.keyboard.type('I will');
    const [asked] = (await self.messages(room)).filter(({ body }) => body === 'Take your time');
    expect(await written()).toMatch(
      new RegExp(`^> \\[.*\\]\\(http.*/rooms/${room.id}\\?at=${asked!.seq}\\):\n> Take your time\n\nI will$`),
    );
    await here.composer.press('Enter');
    await here.message('I will').locator('blockquote').getByText('Take your time').waitFor();
  });

  step('forwards a message to a room, where only who may see it sees what it says', async () => {
    const other = await self.createRoom({ name: 'Other room' });
    const eve = await Person.register('eve');
    await eve.join(other);
    await here.say('The code is 4711');
    await choose('The code is 4711', 'Forward…');
    const dialog = ann.page.getByRole('dialog', { name: 'Forward' });
    await dialog.getByRole('textbox', { name: 'To' }).fill('other');
    await dialog.getByRole('radio', { name: 'Other room', checked: true }).waitFor();
    await dialog.getByRole('textbox', { name: 'Add a word' }).fill('See this');
    await dialog.getByRole('button', { name: 'Forward' }).click();
    await ann.sees('Forwarded to Other room.');
    await ann.go(`/rooms/${other.id}`);
    await here.message('See this').getByRole('blockquote', { name: 'Linked message' }).getByText('The code is 4711').waitFor();
    const stranger = await Window.open();
    await stranger.go('/sign-in');
    await stranger.signIn(eve.user.username);
    await stranger.go(`/rooms/${other.id}`);
    const seen = new RoomWindow(stranger).message('See this');
    await seen.getByText('This link leads to a message you cannot see.').waitFor();
    expect(await seen.getByText('4711').count()).toBe(0);
    expect((await eve.messages(other)).map(({ body }) => body).join()).not.toContain('4711');
  });

  step('finds a draft again on another device, and in the list of drafts', async () => {
    await ann.go(`/rooms/${room.id}`);
    await here.composer.fill('half a sentence');
    const phone = await Window.open();
    await phone.go('/sign-in');
    await phone.signIn(self.user.username);
    await phone.go(`/rooms/${room.id}`);
    const there = new RoomWindow(phone);
    await waitFor(async () => (await there.composer.inputValue()) === 'half a sentence', { withinMs: 20_000, what: 'the draft' });
    await there.composer.press('End');
    await there.composer.pressSequentially(', and the rest');
    await waitFor(async () => (await written()) === 'half a sentence, and the rest', { withinMs: 20_000, what: 'the draft to come back' });
    await phone.go('/drafts');
    await phone.page.getByRole('list', { name: 'Drafts' }).getByText('half a sentence, and the rest').waitFor();
    await phone.page.getByRole('button', { name: 'Discard' }).click();
    await waitFor(async () => (await written()) === '', { withinMs: 20_000, what: 'the draft to go' });
  });

  step('sends later, changes it, and sends it now', async () => {
    await here.composer.fill('Good morning');
    await ann.page.getByRole('button', { name: 'Send later' }).click();
    await menuItem(/^Tomorrow morning/).click();
    await ann.sees(/Will be sent tomorrow at/);
    expect(await written()).toBe('');
    await ann.page.getByText('1 scheduled for later.').getByRole('link', { name: 'See' }).click();
    const list = ann.page.getByRole('list', { name: 'Scheduled messages' });
    await list.getByRole('button', { name: 'Edit' }).click();
    await list.getByRole('textbox', { name: 'Edit message' }).fill('Good evening');
    await list.getByRole('button', { name: 'Save' }).click();
    await list.getByText('Good evening').waitFor();
    await list.getByRole('button', { name: 'Change the time' }).click();
    const dialog = ann.page.getByRole('dialog', { name: 'Send at another time' });
    await dialog.getByLabel('Day and time').fill('2020-01-01T09:00');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Choose a time to come.').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await list.getByRole('button', { name: 'Send now' }).click();
    await ann.sees('Nothing waits here');
    await ann.go(`/rooms/${room.id}`);
    await here.message('Good evening').waitFor();
  });

  step('jumps to the day on which something was said', async () => {
    await ann.page.getByRole('button', { name: 'Writing room, what to do with it' }).click();
    await menuItem('Jump to a date…').click();
    const dialog = ann.page.getByRole('dialog', { name: 'Jump to a date' });
    await dialog.getByRole('button', { name: 'The beginning' }).click();
    await dialog.waitFor({ state: 'detached' });
    const [first] = (await self.messages(room)).filter(({ parentId }) => parentId === undefined);
    await ann.page.waitForURL(`**/rooms/${room.id}?at=${first!.seq}`);
    await here.timeline.locator(`[data-seq="${first!.seq}"][data-marked]`).waitFor();
  });
});
