import type { FileRecord, Message, Room, SearchResults } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { RoomWindow } from './support/room-window.ts';
import { aStory } from './support/story.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

const WORD = `zeppelin${Date.now().toString(36)}`;

describe('who looks for something that was said', () => {
  const step = aStory('search');
  let ben: Person;
  let self: Person;
  let outsider: Person;
  let room: Room;
  let wanted: Message;
  let file: FileRecord;
  let ann: Window;
  let here: RoomWindow;

  const find = async (person: Person, query: string) => person.do<SearchResults>('GET', `/api/search?${query}`);

  beforeAll(async () => {
    [ben, self, outsider] = [await Person.register('ben'), await Person.register('ann'), await Person.register('eve')];
    room = await ben.createRoom({ name: 'Hangar' });
    await self.join(room);
    wanted = await ben.say(room, `The **${WORD}** lands in Zürich`);
    for (let i = 1; i <= 60; i++) await ben.say(room, `Line ${i} of the log.`);
    file = await ben.settled(await ben.upload(room, 'flight.txt', `Weather report. The ${WORD} needs no runway.`));
    ann = await Window.open();
    here = new RoomWindow(ann);
    await ann.go('/sign-in');
    await ann.signIn(self.user.username);
  }, 120_000);

  it('finds messages and files of their rooms at once, and nothing of rooms they are not in', async () => {
    const found = await find(self, `q=${WORD}`);
    expect(found.items.map((hit) => (hit.kind === 'message' ? hit.message.id : hit.file.id)).toSorted()).toEqual(
      [wanted.id, file.id].toSorted(),
    );
    expect(found).toMatchObject({ total: { value: 2, exact: true }, nextCursor: null });
    expect((await find(self, `q=${WORD.slice(2)}%20zurich`)).items).toHaveLength(1);
    expect((await find(outsider, `q=${WORD}`)).items).toEqual([]);
    expect(await self.refusal('GET', '/api/search?q=has:elephants')).toEqual([422, 'validation_failed']);
  });

  it('finds what was said a moment ago, and nothing any more once they were removed', async () => {
    const other = await ben.createRoom();
    await outsider.join(other);
    await ben.say(other, `another ${WORD}`);
    expect((await find(outsider, `q=${WORD}`)).items).toHaveLength(1);
    await ben.do('POST', `/api/rooms/${other.id}/members/${outsider.id}/kick`, {});
    await waitFor(async () => (await find(outsider, `q=${WORD}`)).items.length === 0, { withinMs: 1000, what: 'the room to be left out' });
  });

  step('types it where one jumps to rooms, sees it marked, and goes to its place in the conversation', async () => {
    await ann.go(`/rooms/${room.id}`);
    await here.composer.waitFor();
    await ann.page.keyboard.press('Control+k');
    await ann.page.getByRole('combobox', { name: 'Jump to' }).fill(WORD);
    await ann.page.getByRole('option', { name: `Search for “${WORD}”` }).click();
    const results = here.panel('Search').getByRole('list', { name: 'Search results' });
    await results.getByRole('listitem').nth(1).waitFor();
    expect(await results.locator('mark').first().textContent()).toBe(WORD);
    await results.getByRole('link').filter({ hasText: 'Zürich' }).click();
    await here.message('lands in Zürich').waitFor();
    await here.panel('Search').waitFor();
    await ann.page.goBack();
    await ann.page.waitForURL((url) => url.searchParams.get('at') === null);
  });

  step('narrows it to files by a click, and opens the page with the passage marked', async () => {
    const panel = here.panel('Search');
    await panel.getByRole('button', { name: 'Files', exact: true }).click();
    await ann.page.waitForURL((url) => url.searchParams.get('q') === `${WORD} in:files`);
    await panel.getByRole('status').filter({ hasText: '1 result.' }).waitFor();
    await panel.getByRole('link').filter({ hasText: 'flight.txt' }).click();
    await ann.page.getByRole('region', { name: 'Document' }).locator('mark').filter({ hasText: WORD }).waitFor();
  });

  step('is told what an operator takes, and what to do where nothing is found', async () => {
    await ann.go(`/rooms/${room.id}/search?q=has:elephants`);
    await here.panel('Search').getByText('has: takes link, file, image, pin or reaction').waitFor();
    await ann.go('/search?q=nothingofthekind');
    await ann.heading('Nothing was found').waitFor();
  });
});
