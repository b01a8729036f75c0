import type { Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
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
});
