import type { Room } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import type { Locator } from 'playwright-core';
import { Person } from '../support/person.ts';
import { RoomWindow } from './support/room-window.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

type Listed = { keys: string[]; does: string };

/** Each key that the page lists does what is said of it; one that is listed and not tried here fails, as does one that is tried and not listed. */
describe('the keys that ? lists', () => {
  let self: Person;
  let ben: Person;
  let ann: Window;
  let here: RoomWindow;
  let room: Room;
  let other: Room;
  let listed: Listed[] = [];

  beforeAll(async () => {
    [self, ben] = [await Person.register('ann'), await Person.register('ben')];
    [room, other] = [await self.createRoom({ name: 'Keys' }), await self.createRoom({ name: 'Other' })];
    await ben.join(room);
    await ben.join(other);
    await self.say(room, 'Mine');
    await ben.say(room, 'Theirs');
    ann = await Window.open({ permissions: ['clipboard-read', 'clipboard-write'] });
    here = new RoomWindow(ann);
    await ann.go('/sign-in');
    await ann.signIn(self.user.username);
    await home();
    await ann.page.keyboard.press('Escape');
    await press('?');
    const dialog = ann.page.getByRole('dialog', { name: 'Keyboard' });
    await dialog.waitFor();
    listed = await dialog.locator('dl > div').evaluateAll((rows) =>
      rows.map((row) => ({
        does: row.querySelector('dt')?.textContent ?? '',
        keys: [...row.querySelectorAll('kbd')].map((key) => key.textContent),
      })),
    );
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }, 90_000);

  const press = (key: string): Promise<void> => ann.page.keyboard.press(key);
  const focused = (locator: Locator): Promise<void> => locator.and(ann.page.locator(':focus')).waitFor();
  const home = async (): Promise<void> => {
    await ann.go(`/rooms/${room.id}`);
    await here.message('Theirs').waitFor();
  };
  const write = async (text: string): Promise<void> => here.composer.fill(text);
  const written = (wanted: string): Promise<unknown> =>
    waitFor(async () => (await here.composer.inputValue()) === wanted, { withinMs: 20_000, what: `${wanted} to be written` });
  const at = async (text: string): Promise<void> => {
    await here.message(text).focus();
    await focused(here.message(text));
  };
  const selectAll = async (text: string): Promise<void> => {
    await write(text);
    await here.composer.press('Control+a');
  };

  const TRIED: Readonly<Record<string, () => Promise<void>>> = {
    'Search, or jump to a room': async () => {
      await press('Control+k');
      await ann.page.getByRole('dialog', { name: 'Jump to' }).waitFor();
      await press('Escape');
    },
    'Go to the room before or after': async () => {
      await press('Alt+ArrowDown');
      await ann.at(new RegExp(other.id));
      await press('Alt+ArrowUp');
      await ann.at(new RegExp(room.id));
    },
    'Go to the next room with something new': async () => {
      await ben.say(other, 'News');
      await ann.page.getByLabel('1 unread').first().waitFor();
      await press('Alt+Shift+ArrowDown');
      await ann.at(new RegExp(other.id));
    },
    'Show these keys': async () => {
      await press('Escape');
      await press('?');
      await ann.page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
      await press('Escape');
    },
    'Close the panel, or mark the room as read': async () => {
      await here.open('Pins');
      await press('Escape');
      await here.panel('Pins').waitFor({ state: 'detached' });
    },
    'Move from message to message': async () => {
      await at('Theirs');
      await press('ArrowUp');
      await focused(here.message('Mine'));
      await press('ArrowDown');
      await focused(here.message('Theirs'));
    },
    'Through what the message offers': async () => {
      await at('Theirs');
      await press('ArrowRight');
      await focused(here.message('Theirs').getByRole('button').first());
      await press('ArrowLeft');
      await focused(here.message('Theirs'));
    },
    'Reply in a thread': async () => {
      await at('Theirs');
      await press('r');
      await focused(here.panel('Thread').getByRole('textbox', { name: 'Reply' }));
    },
    'Edit, if it is yours': async () => {
      await at('Theirs');
      await press('e');
      await at('Mine');
      await press('e');
      await focused(ann.page.getByRole('textbox', { name: 'Edit message' }));
      expect(await ann.page.getByRole('textbox', { name: 'Edit message' }).count()).toBe(1);
      await press('Escape');
      await focused(here.message('Mine'));
    },
    Quote: async () => {
      await at('Theirs');
      await press('q');
      await focused(here.composer);
      expect(await here.composer.inputValue()).toContain('> Theirs');
      await write('');
    },
    'Pin or unpin, as a moderator': async () => {
      await at('Theirs');
      await press('p');
      await here.message('Theirs').getByText('Pinned').waitFor();
      await at('Theirs');
      await press('p');
      await here.message('Theirs').getByText('Pinned').waitFor({ state: 'detached' });
    },
    'Copy a link to the message': async () => {
      await at('Theirs');
      await press('c');
      await waitFor(async () => /\/rooms\/.*\?at=\d+$/.test(await ann.page.evaluate(() => navigator.clipboard.readText())), {
        withinMs: 20_000,
        what: 'the link',
      });
    },
    'Mark unread from here': async () => {
      await at('Theirs');
      await press('u');
      await here.timeline.getByRole('separator', { name: 'New messages' }).waitFor();
    },
    'Jump to the present': async () => {
      await at('Theirs');
      await press('u');
      await here.timeline.getByRole('separator', { name: 'New messages' }).waitFor();
      await at('Theirs');
      await press('End');
      await here.timeline.getByRole('separator', { name: 'New messages' }).waitFor({ state: 'detached' });
    },
    Send: async () => {
      await write('By Enter');
      await here.composer.press('Enter');
      await here.message('By Enter').waitFor();
    },
    'New line, and the next item of a list': async () => {
      await write('- one');
      await here.composer.press('Shift+Enter');
      await written('- one\n- ');
      await write('');
    },
    'Edit your last message, from an empty field': async () => {
      await write('');
      await here.composer.press('ArrowUp');
      await focused(ann.page.getByRole('textbox', { name: 'Edit message' }));
      await press('Escape');
      await focused(here.composer);
    },
    Bold: async () => {
      await selectAll('so');
      await press('Control+b');
      await written('**so**');
    },
    Italic: async () => {
      await selectAll('so');
      await press('Control+i');
      await written('*so*');
    },
    'Struck through': async () => {
      await selectAll('so');
      await press('Control+Shift+X');
      await written('~~so~~');
    },
    Code: async () => {
      await selectAll('so');
      await press('Control+e');
      await written('`so`');
      await write('');
    },
    'Commands of the room bot': async () => {
      await write('/');
      await ann.page.getByRole('option', { name: /\/help/ }).waitFor();
      await write('');
    },
    'Mention someone': async () => {
      await write(`@${ben.user.username.slice(0, 6)}`);
      await ann.page.getByRole('option', { name: new RegExp(ben.user.username) }).waitFor();
      await write('');
    },
    'Emoji by name': async () => {
      await write(':tad');
      await ann.page.getByRole('option', { name: /:tada:/ }).waitFor();
      await write('');
    },
    'Take the suggestion': async () => {
      await write(':tad');
      await ann.page.getByRole('option', { name: /:tada:/ }).waitFor();
      await here.composer.press('Tab');
      await written('🎉 ');
      await write('');
    },
  };

  it('are all tried here, and none is tried that is not listed', () => {
    expect(listed.map(({ does }) => does).sort()).toEqual(Object.keys(TRIED).sort());
    expect(listed.every(({ keys }) => keys.length > 0)).toBe(true);
  });

  it.each(Object.keys(TRIED))('%s', async (does) => {
    await home();
    await TRIED[does]!();
  });
});
