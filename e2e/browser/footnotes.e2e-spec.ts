import { cleanUp, waitFor } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { RoomWindow } from './support/room-window.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

const LONG = Array.from({ length: 40 }, (_, at) => `Line ${at} of the report of the boiler house.`).join('\n\n');

describe('a footnote of a message', () => {
  it('is jumped to from its number, and back, also below the fold and where the message is shown twice', async () => {
    const self = await Person.register('ann');
    const room = await self.createRoom();
    const root = await self.say(room, `It trembled[^1].\n\n${LONG}\n\n[^1]: Since noon.`);
    await self.say(room, 'I saw.', { parentId: root.id });
    const ann = await Window.open({ viewport: { width: 1440, height: 900 } });
    await ann.go('/sign-in');
    await ann.signIn(self.user.username);
    await ann.go(`/rooms/${room.id}/thread/${root.id}`);
    const here = new RoomWindow(ann);
    const focused = () => ann.page.evaluate(() => document.activeElement?.textContent ?? '');
    for (const shown of [here.panel('Thread'), here.timeline]) {
      await shown.locator('[role="doc-noteref"][aria-label="Footnote 1"]').first().click();
      const note = shown.getByRole('listitem').filter({ hasText: 'Since noon.' });
      await waitFor(async () => (await focused()).includes('Since noon.'));
      expect(await note.evaluate((element) => element === document.activeElement)).toBe(true);
      await waitFor(() => note.evaluate((element) => element.getBoundingClientRect().bottom <= window.innerHeight));
      await note.locator('[role="doc-backlink"]').click();
      await waitFor(async () => (await focused()) === '1');
    }
    expect(ann.path).toBe(`/rooms/${room.id}/thread/${root.id}`);
    const ids = await ann.page.evaluate(() => [...document.querySelectorAll('[id]')].map(({ id }) => id));
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(ann.complaints).toEqual([]);
  });
});
