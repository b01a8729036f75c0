import type { FileRecord, Message, Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { RoomWindow } from './support/room-window.ts';
import { aStory } from './support/story.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

const TALK = Array.from({ length: 60 }, (_, i) => `Reading number ${i + 1} of the pressure gauge.`);
/** A picture of one pixel. */
const aDot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
const REPLIES = Array.from({ length: 12 }, (_, i) => `Answer number ${i + 1}.`);

describe('what one does all day in a room', () => {
  const step = aStory('everyday');
  let self: Person;
  let reader: Person;
  let ann: Window;
  let here: RoomWindow;
  let room: Room;
  let said: Message[];
  let replies: Message[];

  beforeAll(async () => {
    const ben = await Person.register('ben');
    reader = ben;
    self = await Person.register('ann');
    room = await ben.createRoom({ name: 'Gauge room' });
    await self.createRoom({ name: 'Other room' });
    await self.join(room);
    said = [];
    for (const text of TALK) said.push(await ben.say(room, text));
    replies = [];
    for (const text of REPLIES) replies.push(await ben.say(room, text, { parentId: said[59]!.id }));
    ann = await Window.open();
    here = new RoomWindow(ann);
    await ann.go('/sign-in');
    await ann.signIn(self.user.username);
  }, 90_000);

  const inView = (text: string) =>
    here.message(text).evaluate((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });

  step('come in where one left off, see what is new, and go to the present', async () => {
    await ann.go(`/rooms/${room.id}`);
    await here.timeline.getByRole('separator', { name: 'New messages' }).waitFor();
    await here.message(/number 1 of/).waitFor();
    await ann.page.getByRole('button', { name: /^Jump to the present/ }).click();
    await here.message(/number 60 of/).waitFor();
    await ann.page.getByRole('button', { name: /^Jump to the present/ }).waitFor({ state: 'detached' });
  });

  step('write over several lines, go elsewhere, and find the draft again', async () => {
    await here.composer.fill('First line');
    await here.composer.press('Shift+Enter');
    await ann.page.keyboard.type('second line');
    await ann.page.keyboard.press('Control+k');
    await ann.page.getByRole('combobox', { name: 'Jump to' }).fill('other');
    await ann.page.keyboard.press('Enter');
    await ann.heading('Other room').first().waitFor();
    expect(await here.composer.inputValue()).toBe('');
    await ann.page.goBack();
    await ann.heading('Gauge room').first().waitFor();
    expect(await here.composer.inputValue()).toBe('First line\nsecond line');
    await ann.page.reload();
    await here.message(/number 60 of/).waitFor();
    expect(await here.composer.inputValue()).toBe('First line\nsecond line');
    await here.composer.press('Enter');
    await here.message('second line').waitFor();
    expect(await here.composer.inputValue()).toBe('');
  });

  step('have names, commands and emoji finished', async () => {
    const taken: [typed: string, option: string | RegExp, becomes: string][] = [
      ['Look, @be', /^ben-/, `Look, @`],
      ['/sta', /^\/status/, '/status '],
      ['Well done :tad', /:tada:/, 'Well done 🎉 '],
    ];
    for (const [typed, option, becomes] of taken) {
      await here.composer.fill('');
      await here.composer.pressSequentially(typed);
      await ann.page.getByRole('option', { name: option }).first().waitFor();
      await ann.page.keyboard.press('Tab');
      await ann.page.getByRole('listbox', { name: 'Suggestions' }).waitFor({ state: 'detached' });
      expect(await here.composer.inputValue()).toContain(becomes);
      expect(await here.composer.evaluate((field) => field === document.activeElement)).toBe(true);
    }
    await here.composer.fill('');
  });

  step('follow a link to a message far up, and one to a reply in its thread', async () => {
    await ann.go(`/rooms/${room.id}?at=${said[4]!.seq}`);
    await here.message(/number 5 of/).waitFor();
    expect(await inView('Reading number 5 of the pressure gauge.')).toBe(true);
    await ann.go(`/rooms/${room.id}/thread/${said[59]!.id}?at=${replies[1]!.seq}`);
    const reply = here.panel('Thread').locator('[data-marked]');
    await reply.waitFor();
    expect(await reply.innerText()).toContain('Answer number 2.');
    // The conversation beside it is at what the thread answers.
    await here.message(/number 60 of/).waitFor();
  });

  step('attach files: one that fails is tried again, one that is slow is called off', async () => {
    const { page } = ann;
    await ann.go(`/rooms/${room.id}`);
    await page.route('**/api/rooms/*/files?draft=1', (route) => route.abort());
    await page
      .getByLabel('Files to attach')
      .setInputFiles({ name: 'gauge.txt', mimeType: 'text/plain', buffer: Buffer.from('It trembles.') });
    const tray = page.getByRole('list', { name: 'Attachments' });
    await tray.getByText('The server cannot be reached').waitFor();
    expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
    await page.unroute('**/api/rooms/*/files?draft=1');
    await page.getByRole('button', { name: 'Retry gauge.txt' }).click();
    await page.getByRole('button', { name: 'Remove gauge.txt' }).waitFor();

    let isHeld = false;
    await page.route('**/api/rooms/*/files?draft=1', () => void (isHeld = true));
    await page
      .getByLabel('Files to attach')
      .setInputFiles({ name: 'endless.txt', mimeType: 'text/plain', buffer: Buffer.alloc(200_000, 'x') });
    await tray.getByRole('progressbar', { name: 'Uploading endless.txt' }).waitFor();
    await page.getByRole('button', { name: 'Cancel endless.txt' }).click();
    await tray.getByText('endless.txt').waitFor({ state: 'detached' });
    expect(isHeld).toBe(true);
    await page.unroute('**/api/rooms/*/files?draft=1');
    await here.composer.fill('The gauge, in its own words');
    await here.composer.press('Enter');
    await here
      .message('in its own words')
      .getByRole('link', { name: /gauge\.txt/ })
      .waitFor();
  });

  step('keep what is attached to themselves until it is sent, over a reload as well', async () => {
    const { page } = ann;
    const tray = page.getByRole('list', { name: 'Attachments' });
    await page.getByLabel('Files to attach').setInputFiles({ name: 'secret.txt', mimeType: 'text/plain', buffer: Buffer.from('Not yet.') });
    await tray.getByRole('button', { name: 'Remove secret.txt' }).waitFor();
    await page.reload();
    await tray.getByRole('button', { name: 'Remove secret.txt' }).waitFor();
    const { items } = await reader.do<{ items: FileRecord[] }>('GET', `/api/rooms/${room.id}/files`);
    expect(items.map(({ name }) => name)).not.toContain('secret.txt');
    await here.composer.fill('Now it may be known');
    await here.composer.press('Enter');
    await here
      .message('Now it may be known')
      .getByRole('link', { name: /secret\.txt/ })
      .waitFor();
    await tray.getByRole('button', { name: 'Remove secret.txt' }).waitFor({ state: 'detached' });
  });

  step('send while a file is on its way: the message goes when it has arrived, with its picture shown', async () => {
    const { page } = ann;
    let arrive = (): void => undefined;
    await page.route('**/api/rooms/*/files?draft=1', async (route) => {
      await new Promise<void>((resolve) => (arrive = resolve));
      await route.continue();
    });
    await page.getByLabel('Files to attach').setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: aDot });
    await page.getByRole('progressbar', { name: 'Uploading dot.png' }).waitFor();
    await here.composer.fill('With a dot');
    await here.composer.press('Enter');
    await page.getByText('Sends when the upload is done').waitFor();
    arrive();
    const picture = here.message('With a dot').getByRole('link', { name: 'Picture dot.png' }).locator('img');
    await picture.waitFor();
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
    await page.unroute('**/api/rooms/*/files?draft=1');
  });

  step('drop a file where it belongs: on the list of files, or on the reply at hand', async () => {
    const files = await here.open('Files');
    await here.drop(
      [{ name: 'listed.txt', type: 'text/plain', content: 'On the list.' }],
      files.getByRole('list', { name: 'Files of this room' }),
    );
    await files.getByRole('link', { name: 'listed.txt' }).waitFor();
    expect(await ann.page.getByRole('list', { name: 'Attachments' }).getByText('listed.txt').count()).toBe(0);
    await here.act('in its own words', 'Reply in thread');
    const thread = here.panel('Thread');
    await here.drop([{ name: 'answer.txt', type: 'text/plain', content: 'With the reply.' }], thread.getByText('in its own words'));
    await thread.getByRole('button', { name: 'Remove answer.txt' }).waitFor();
    await thread.getByRole('textbox', { name: 'Reply' }).press('Enter');
    await thread.getByRole('link', { name: /answer\.txt/ }).waitFor();
  });
});
