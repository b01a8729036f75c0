import { randomUUID } from 'node:crypto';
import type { Room } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { RoomWindow } from './support/room-window.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

/** `%` stands for the name of somebody in the room, `^` for the same in capitals. */
const NAMING = [
  'thanks @%',
  'thanks @%.',
  'thanks @^',
  '_@%_ and more',
  '**hi** ＠% さん',
  '你好@%请看',
  'thanks -@%',
  '.@% said',
  '# @%',
  '- [ ] @%',
  '| who |\n|---|\n| @% |',
  '@%/@nobody',
];
const SILENT = [
  'see https://social.example/@%/109',
  '[post](https://blog.example/@%/why)',
  '[@%](https://x.example)',
  'social.example/@%',
  '`@%`',
  '> first line\n@% continues',
  '- > @% said',
  '@%x',
  'mail@%',
  '@nobody',
  `${'> '.repeat(200)}no @name here`,
];

describe('a message is read the same way by the server and on the page', () => {
  let ben: Person;
  let ann: Window;
  let here: RoomWindow;
  let room: Room;

  beforeAll(async () => {
    ben = await Person.register('ben');
    const self = await Person.register('ann');
    room = await ben.createRoom();
    await self.join(room);
    ann = await Window.open();
    here = new RoomWindow(ann);
    await ann.go('/sign-in');
    await ann.signIn(self.user.username);
    await ann.go(`/rooms/${room.id}`);
  }, 90_000);

  const said = async (body: string) => {
    const message = await ben.say(room, body);
    const row = here.timeline.locator(`[data-message-id="${message.id}"]`);
    await row.waitFor();
    return { message, row };
  };

  it.each(NAMING)('and marked where it names somebody: %j', async (body) => {
    const { message, row } = await said(body.replaceAll('%', ben.user.username).replaceAll('^', ben.user.username.toUpperCase()));
    expect(message.mentions.userIds).toEqual([ben.id]);
    await row.locator('mark', { hasText: new RegExp(ben.user.username, 'i') }).waitFor();
    expect(await row.locator('mark').count()).toBe(1);
  });

  it.each(SILENT)('and marked nowhere where it names nobody: %j', async (body) => {
    const { message, row } = await said(body.replaceAll('%', ben.user.username));
    expect(message.mentions).toEqual({ userIds: [], room: false, here: false, moderators: false });
    expect(await row.locator('mark').count()).toBe(0);
  });

  it('and shown as written where markup would leave nothing to see', async () => {
    for (const body of ['[note]: https://x.example', '[](https://x.example)', '&#8203;']) {
      const { row } = await said(body);
      expect(await row.innerText()).toContain(body);
    }
  });
});

describe('two slashes before the name of a command', () => {
  it('are the words with one, in the conversation, among the rooms and in what search finds', async () => {
    const self = await Person.register('ann');
    const room = await self.createRoom({ name: 'Slashes' });
    const word = `w${randomUUID().slice(0, 8)}`;
    const window = await Window.open();
    const here = new RoomWindow(window);
    await window.go('/sign-in');
    await window.signIn(self.user.username);
    await window.go(`/rooms/${room.id}`);
    await here.composer.fill(`//help ${word}`);
    await here.composer.press('Enter');
    await here.message(word).waitFor();
    await waitFor(async () => (await self.messages(room)).some(({ body }) => body === `//help ${word}`), { what: 'the message' });
    expect(await here.message(word).locator('p').textContent()).toBe(`/help ${word}`);
    await window.go(`/rooms/${room.id}/search?q=${word}`);
    const found = window.page.getByRole('listitem').filter({ hasText: word }).last();
    await found.waitFor();
    expect(await found.textContent()).toContain(`/help ${word}`);
    expect(await window.page.getByText(`//help ${word}`).count()).toBe(0);
  });
});

describe('what nobody could see', () => {
  let ann: Person;
  let room: Room;
  beforeAll(async () => {
    ann = await Person.register('ann');
    room = await ann.createRoom();
  });

  it.each(['\u200b', '\u3164\u3164', '\u2800', '\u202e'])('is refused as a message, a name, a topic stays empty: %j', async (blank) => {
    const errors = [422, 'validation_failed'];
    expect(await ann.refusal('POST', `/api/rooms/${room.id}/messages`, { body: blank })).toEqual(errors);
    expect(await ann.refusal('POST', '/api/rooms', { name: blank })).toEqual(errors);
    expect(await ann.refusal('PATCH', '/api/me', { displayName: blank })).toEqual(errors);
    expect((await ann.createRoom({ topic: blank })).topic).toBe('');
  });

  it('is a line break in a name, and is refused; a mark that turns the writing is left out', async () => {
    expect(await ann.refusal('POST', '/api/rooms', { name: 'a\nb' })).toEqual([422, 'validation_failed']);
    expect(await ann.refusal('PATCH', '/api/me', { displayName: 'first\nsecond' })).toEqual([422, 'validation_failed']);
    expect((await ann.createRoom({ name: 'gpj\u202e.exe' })).name).toBe('gpj.exe');
  });
});

describe('a field in which an input method composes', () => {
  it('sends nothing for the Enter that ends the composition, also where the browser tells of it late', async () => {
    const self = await Person.register('ann');
    const room = await self.createRoom({ name: 'Composing' });
    const window = await Window.open();
    const here = new RoomWindow(window);
    await window.go('/sign-in');
    await window.signIn(self.user.username);
    await window.go(`/rooms/${room.id}`);
    const text = `日本語 ${randomUUID()}`;
    await here.composer.fill(text);
    await here.composer.evaluate((field) => {
      field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }));
    });
    expect(await here.composer.inputValue()).toBe(text);
    await here.composer.press('Enter');
    await waitFor(async () => (await self.messages(room)).filter((message) => message.body === text).length === 1, {
      what: 'the message, once',
    });
  });
});
