import { BOT_USER_ID, messages, signedBySender, webhookClientId, type InputOf, type OutputOf } from '@atrium/contracts';
import { waitFor } from '@atrium/testing';
import { v7 as uuidv7 } from 'uuid';
import { aFile, aPerson, aRoomState, type Person } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';

type Asked = Partial<InputOf<typeof messages.search>>;
type Hits = OutputOf<typeof messages.search>;

describe('searching messages', () => {
  const stack = new MessagesStack();

  const search = (person: Person, asked: Asked): Promise<Hits> =>
    stack.bus.call(
      messages.search,
      {
        words: [],
        phrases: [],
        has: [],
        mentionsMe: false,
        sort: 'relevance',
        asOf: new Date().toISOString(),
        limit: 20,
        ...asked,
      },
      person.id,
    );
  const bodies = (hits: Hits) => hits.items.map(({ hit }) => hit.message.body);
  const find = async (words: string, asked: Asked = {}, person = stack.ben) =>
    bodies(await search(person, { words: words === '' ? [] : words.split(' '), ...asked }));

  describe('finds by', () => {
    it.each([
      ['a word in any case', 'BUDGET', 'The budget is late'],
      ['the beginning of a word', 'jo', 'ask John about it'],
      ['a part of a word', 'gra', 'the upgrade is done'],
      ['a word with an accent that was typed without', 'creme', 'Crème brûlée for all'],
      ['a word without the accent that was typed', 'crème', 'creme is out'],
      ['two characters of Chinese', '会议', '今天的会议记录在这里'],
      ['Japanese', '議事録', '昨日の議事録です'],
      ['Korean', '회의', '오늘 회의는 세 시'],
      ['one letter wrong', 'quartely', 'the quarterly numbers'],
      ['two letters that changed places', 'recieve', 'did you receive it'],
      ['what is bold inside of a word', 'upgrades', 'up**grades** ahead'],
      ['the address behind a link', 'wiki.example.org', 'see [the plan](https://wiki.example.org/plan)'],
      ['words in any order', 'friday deploy', 'deploy on Friday'],
      ['a name with signs', 'foo-bar', 'restart foo-bar2 now'],
      ['C++', 'c++', 'rewritten in C++'],
      ['a pictograph', '🚀', 'shipped 🚀'],
      ['a word between quotes, with an apostrophe', 'engineer', "it's the 'engineer's' \"key\", {not} a, NULL"],
      ['a part of a path with backslashes', 'manuals', '`C:\\\\boats\\manuals\\`'],
      ['what was said in code', 'kubectl', '`kubectl get pods`'],
      ['a name that is mentioned', '@here', 'hello @here'],
    ])('%s', async (_what, words, body) => {
      await stack.send(stack.ann, body);
      await stack.send(stack.ann, 'something else altogether');
      expect(await find(words)).toEqual([body]);
    });
  });

  it('takes a phrase in quotes as it stands', async () => {
    for (const body of ['the red fox ran', 'the red foxes ran', 'a fox, red', 'infrared fox', 'Red Fox!'])
      await stack.send(stack.ann, body);
    const found = await search(stack.ben, { phrases: ['red fox'] });
    expect(bodies(found).toSorted()).toEqual(['Red Fox!', 'the red fox ran']);
    expect(bodies(await search(stack.ben, { phrases: ['rde'] }))).toEqual([]);
  });

  it('ranks whole words before beginnings before parts before other spellings, and says where they stand', async () => {
    for (const body of ['bookings', 'the rebook', 'book', 'bokok']) await stack.send(stack.ann, body);
    const found = await search(stack.ben, { words: ['book'] });
    expect(bodies(found)).toEqual(['book', 'bookings', 'the rebook', 'bokok'].slice(0, found.items.length));
    expect(found.items.length).toBeGreaterThanOrEqual(3);
    expect(found.items.map(({ hit }) => hit.score)).toEqual(found.items.map(({ hit }) => hit.score).toSorted((a, b) => b - a));
    expect(found.items.slice(0, 3).map(({ hit }) => hit.highlights)).toEqual([
      [{ text: 'book', ranges: [{ start: 0, end: 4 }] }],
      [{ text: 'bookings', ranges: [{ start: 0, end: 4 }] }],
      [{ text: 'the rebook', ranges: [{ start: 6, end: 10 }] }],
    ]);
    expect(found.total).toEqual({ value: found.items.length, exact: true });
  });

  it('finds what a webhook posted by the name it posted under too, and shows what it said without that name', async () => {
    const body = signedBySender('Pump station', '🚰', 'the pressure of the pump is **low**');
    const post = { roomId: stack.room.id, body, clientId: webhookClientId(uuidv7()), mayPing: false };
    await stack.bus.call(messages.postAsBot, post, BOT_USER_ID);
    const shown = async (word: string) => (await search(stack.ben, { words: [word] })).items.map(({ hit }) => hit.highlights);
    const text = 'the pressure of the pump is low';
    expect(await shown('pressure')).toEqual([[{ text, ranges: [{ start: 4, end: 12 }] }]]);
    expect(await shown('station')).toEqual([[{ text, ranges: [] }]]);
  });

  it('finds the newest first when asked, page by page, each once', async () => {
    for (let i = 1; i <= 7; i++) await stack.send(stack.ann, `report ${i}`);
    for (const sort of ['newest', 'relevance'] as const) {
      const asOf = new Date(Date.now() + 1000).toISOString();
      const seen: string[] = [];
      let place: Asked['place'];
      for (let pages = 0; pages < 4; pages++) {
        const page = await search(stack.ben, { words: ['report'], sort, asOf, limit: 3, place });
        seen.push(...bodies(page));
        expect(page.total).toEqual({ value: 7, exact: true });
        const last = page.items.at(-1);
        if (!last || page.items.length < 3) break;
        place = { rank: last.rank, id: last.id, similar: page.similar };
      }
      expect(seen).toHaveLength(7);
      expect(new Set(seen).size).toBe(7);
      if (sort === 'newest') expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1].map((i) => `report ${i}`));
    }
  });

  it('narrows by author, by what a message has, by time and by who is named', async () => {
    const file = aFile(stack.room.id, stack.ann.id);
    const image = { ...aFile(stack.room.id, stack.ann.id), name: 'x.png', contentType: 'image/png' };
    for (const one of [file, image]) {
      const fact = { fileId: one.id, version: 1, roomId: one.roomId, at: one.createdAt, actorId: stack.ann.id };
      await stack.settle(stack.files.tell('added', { ...fact, file: one }));
    }
    const own = await stack.send(stack.ben, 'plan of mine');
    await stack.send(stack.ann, 'plan at https://example.org');
    await stack.send(stack.ann, 'plan attached', { fileIds: [file.id] });
    await stack.send(stack.ann, 'plan drawn', { fileIds: [image.id] });
    await stack.send(stack.ann, `plan for @${stack.ben.username}`);
    const pinned = await stack.send(stack.ann, 'plan to keep');
    await stack.bus.call(messages.pin, { roomId: stack.room.id, messageId: pinned.messageId }, stack.ann.id);
    expect(await find('plan', { authorIds: [stack.ben.id] })).toEqual(['plan of mine']);
    expect(await find('', { authorIds: [stack.ben.id] })).toEqual(['plan of mine']);
    expect(await find('plan', { authorIds: [] })).toEqual([]);
    expect(await find('plan', { has: ['link'] })).toEqual(['plan at https://example.org']);
    expect((await find('plan', { has: ['file'] })).toSorted()).toEqual(['plan attached', 'plan drawn']);
    expect(await find('', { has: ['image'] })).toEqual(['plan drawn']);
    expect(await find('', { has: ['pin'] })).toEqual(['plan to keep']);
    const reaction = { roomId: stack.room.id, messageId: own.messageId, emoji: '👍' };
    await stack.bus.call(messages.react, reaction, stack.ann.id);
    expect(await find('plan', { has: ['reaction'] })).toEqual(['plan of mine']);
    await stack.bus.call(messages.unreact, reaction, stack.ann.id);
    expect(await find('plan', { has: ['reaction'] })).toEqual([]);
    expect(await find('', { mentionsMe: true })).toEqual([`plan for @${stack.ben.username}`]);
    expect(await find('', { mentionsMe: true }, stack.ann)).toEqual([]);
    expect(await find('plan', { before: own.createdAt })).toEqual([]);
    expect(await find('plan', { after: own.createdAt })).toHaveLength(6);
    expect(await find('plan', { after: new Date(Date.now() + 60_000).toISOString() })).toEqual([]);
    await stack.bus.call(messages.pin, { roomId: stack.room.id, messageId: pinned.messageId }, stack.ann.id);
    expect(await find('', { has: ['pin'] })).toEqual([]);
    const end = { fileId: image.id, version: 2, roomId: image.roomId, at: new Date().toISOString(), actorId: stack.ann.id };
    await stack.settle(stack.files.tell('deleted', end));
    expect(await find('', { has: ['image'] })).toEqual([]);
  });

  it('finds nothing for who is not in the room, and nothing any more for who was removed', async () => {
    await stack.send(stack.ann, 'between us');
    expect(await find('between')).toEqual(['between us']);
    expect(await find('between', {}, stack.eve)).toEqual([]);
    const here = { words: ['between'], phrases: [], has: [], mentionsMe: false, sort: 'relevance' as const, limit: 20 };
    const inRoom = { ...here, roomIds: [stack.room.id], asOf: new Date().toISOString() };
    expect(await stack.bus.refusal(messages.search, inRoom, stack.eve.id)).toBe('not_a_member');
    await stack.settle(stack.rooms.remove(stack.room, stack.ben, 'kicked'));
    expect(await find('between')).toEqual([]);
  });

  it('finds nothing from before somebody came where the past is hidden, and finds it once it is shown', async () => {
    await stack.settle(stack.rooms.update(stack.room, { historyVisibility: 'since_join' }));
    await stack.send(stack.ann, 'before you came');
    await stack.settle(stack.rooms.join(stack.room, stack.eve));
    await stack.send(stack.ann, 'after you came');
    expect(await find('came', {}, stack.eve)).toEqual(['after you came']);
    expect((await search(stack.eve, { words: ['came'] })).total).toEqual({ value: 1, exact: true });
    await stack.settle(stack.rooms.update(stack.room, { historyVisibility: 'all' }));
    expect(await find('came', {}, stack.eve)).toHaveLength(2);
  });

  it('searches all rooms of a person, or those named', async () => {
    const other = aRoomState();
    await stack.settle(stack.rooms.join(other, stack.ben, 'host'));
    await stack.send(stack.ann, 'said here');
    await stack.bus.call(messages.send, { roomId: other.id, body: 'said there' }, stack.ben.id);
    expect((await find('said')).toSorted()).toEqual(['said here', 'said there']);
    expect(await find('said', { roomIds: [other.id] })).toEqual(['said there']);
    expect(await find('said', {}, stack.ann)).toEqual(['said here']);
  });

  it('does not find a message by what it said before, even while the index still has it', async () => {
    const { messageId } = await stack.send(stack.ann, 'the old wording');
    const gone = await stack.send(stack.ann, 'the old mistake');
    expect(await find('old')).toHaveLength(2);
    const set = (sql: string, id: string) => stack.database.query(`update messages.messages set ${sql} where id = $1`, [id]);
    await set(`body = 'the new wording', edited_at = now(), version = 2`, messageId);
    await set(`deleted_at = now()`, gone.messageId);
    expect(await find('old')).toEqual([]);
  });

  it('keeps nothing of a message in the index once it is deleted', async () => {
    const { messageId } = await stack.send(stack.ann, 'the secret wording');
    expect(await find('secret')).toHaveLength(1);
    await stack.bus.call(messages.remove, { roomId: stack.room.id, messageId }, stack.ann.id);
    expect(await stack.database.query('select 1 from messages.message_search where message_id = $1', [messageId])).toEqual([]);
  });

  it('indexes what was written by itself, also when who wrote it did not live to tell', async () => {
    const person = aPerson();
    await stack.settle(stack.rooms.join(stack.room, person));
    await stack.send(stack.ann, 'by itself');
    const indexed = async () => {
      const [row] = await stack.database.query<{ seq: number }>('select seq from messages.search_progress where room_id = $1', [
        stack.room.id,
      ]);
      return row?.seq ?? 0;
    };
    await waitFor(async () => (await indexed()) === 4, { what: 'the index to follow the log' });
    await stack.database.query('delete from messages.search_progress where room_id = $1', [stack.room.id]);
    await stack.database.query('delete from messages.message_search where room_id = $1', [stack.room.id]);
    await waitFor(async () => (await indexed()) === 4, { what: 'rooms to be compared' });
    expect(await find('itself')).toEqual(['by itself']);
  });
});
