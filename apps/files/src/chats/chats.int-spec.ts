import { files, type FileRecord } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp } from '@atrium/testing';
import { aPdf } from '../../test/documents.ts';
import { anEnvironment, extracted, upload, type Environment } from '../../test/environment.ts';
import { sliceCodePoints } from '../text/code-points.ts';

describe('questions to files', () => {
  const ann = uuidv7();
  const bob = uuidv7();
  let environment: Environment;
  let roomId: string;
  let file: FileRecord;

  beforeAll(async () => {
    environment = await anEnvironment();
    await environment.startWorker();
    roomId = environment.rooms.aRoom({ [ann]: {}, [bob]: {} });
    const pdf = await aPdf(['The lighthouse of Norwick was built in 1874.', 'The tower has 212 steps. The keeper is called Marlow.']);
    file = await extracted(environment.bus, await upload(environment.bus, { roomId, userId: ann }, { name: 'a.pdf', bytes: pdf }), ann);
  }, 60_000);
  afterAll(cleanUp, 30_000);

  const ask = (question: string, more: object = {}, actor = ann) =>
    environment.bus.call(files.ask, { roomId, fileId: file.id, question, ...more }, actor);
  const refusal = (input: object, actor: string) => environment.bus.refusal(files.ask, input, actor);

  it('are answered with quotes that stand where they say, and cost a credit', async () => {
    const before = environment.credits.left(ann);
    const answer = await ask('How many steps does the tower have?');
    expect(answer).toMatchObject({
      status: 'answered',
      cost: 1,
      creditsLeft: before - 1,
      queryUsed: 'How many steps does the tower have?',
    });
    const { pages } = await environment.bus.call(files.text, { roomId, fileId: file.id }, ann);
    for (const citation of answer.citations) {
      expect(sliceCodePoints(pages[citation.page - 1]!.text, citation.start, citation.end)).toBe(citation.quote);
    }
    expect(answer.citations[0]).toMatchObject({ n: 1, fileId: file.id, version: 1, page: 2, quote: 'The tower has 212 steps.' });
    expect(answer.answer).toContain('[1]');
  });

  it.each([
    ['that nothing bears on', 'Which bridge crosses the canal?', { status: 'no_evidence', citations: [] }],
    ['that the file comes near', 'When was the lighthouse of Eastport built?', { status: 'closest', citations: [{ page: 1 }] }],
  ])('%s say so, and cost nothing', async (_what, question, outcome) => {
    const before = { left: environment.credits.left(ann), spent: environment.credits.spent(ann) };
    const answer = await ask(question);
    expect(answer).toMatchObject({ ...outcome, cost: 0, creditsLeft: before.left });
    expect(answer.answer).not.toBe('');
    expect(answer.confidence).toBeGreaterThanOrEqual(0);
    expect({ left: environment.credits.left(ann), spent: environment.credits.spent(ann) }).toEqual(before);
  });

  describe('whose process crashed', () => {
    const question = 'Who is the keeper?';
    /** What a process leaves behind that claimed a question two minutes ago, and then did a part of the rest. */
    const leftBehind = async (key: string, { held, answered }: { held: boolean; answered: boolean }) => {
      const id = uuidv7();
      const answer = answered ? { status: 'answered', confidence: 0.9, query_used: question, answer: 'x', cost: 1, credits_left: 9 } : {};
      const row = {
        id,
        room_id: roomId,
        file_id: file.id,
        user_id: ann,
        idempotency_key: key,
        question,
        reservation_key: `ask-${id}`,
        ...answer,
      };
      const ago = `now() - interval '2 minutes'`;
      await environment.database.query(
        `insert into files.file_chats (${Object.keys(row).join(', ')}, created_at, claimed_at, answered_at)
         values (${Object.keys(row)
           .map((_, i) => `$${i + 1}`)
           .join(', ')}, ${ago}, ${ago}, ${answered ? 'now()' : 'null'})`,
        Object.values(row),
      );
      if (held) environment.credits.holds.set(`ask-${id}`, { userId: ann, amount: 1, state: 'held' });
      return id;
    };

    it.each([
      ['before it reserved', { held: false, answered: false }],
      ['once it had reserved', { held: true, answered: false }],
    ])('%s are answered and charged once when asked again', async (when, state) => {
      const before = { left: environment.credits.left(ann), spent: environment.credits.spent(ann) };
      const id = await leftBehind(when, state);
      expect(await ask(question, { idempotencyKey: when })).toMatchObject({ id, status: 'answered', cost: 1 });
      expect({ left: environment.credits.left(ann), spent: environment.credits.spent(ann) }).toEqual({
        left: before.left - 1,
        spent: before.spent + 1,
      });
    });

    it('once it had stored the answer are not reserved again: what is held lapses', async () => {
      const before = environment.credits.holds.size;
      const id = await leftBehind('stored', { held: true, answered: true });
      expect((await ask(question, { idempotencyKey: 'stored' })).id).toBe(id);
      expect(environment.credits.holds.size).toBe(before + 1);
      environment.credits.holds.delete(`ask-${id}`);
    });
  });

  it('what a file is about, or all files of the room, are answered by how they begin', async () => {
    const opening = { page: 1, quote: 'The lighthouse of Norwick was built in 1874.' };
    expect((await ask('What is this about?')).citations[0]).toMatchObject(opening);
    const room = await environment.bus.call(files.askRoom, { roomId, question: 'Give me a summary' }, bob);
    expect(room).toMatchObject({ status: 'answered', citations: [opening, { page: 2 }, { page: 2 }] });
  });

  it('lean on what the asker asked before, and on nobody else', async () => {
    await ask('When was the lighthouse of Norwick built?', {}, bob);
    expect((await ask('And what about the tower?', {}, bob)).queryUsed).toBe('And what about the tower (Norwick)?');
    expect((await ask('Who built it?', {}, bob)).queryUsed).toBe('Who built it (Norwick)?');
  });

  it('under one key are answered and charged once, in a row and at the same time', async () => {
    const spent = environment.credits.spent(ann);
    const once = { idempotencyKey: 'k1' };
    const [first, second] = await Promise.all([ask('Who is the keeper?', once), ask('Who is the keeper?', once)]);
    const third = await ask('Who is the keeper?', once);
    expect([second!.id, third.id]).toEqual([first!.id, first!.id]);
    expect(environment.credits.spent(ann)).toBe(spent + 1);
    expect(await refusal({ roomId, fileId: file.id, question: 'Another?', ...once }, ann)).toBe('idempotency_conflict');
  });

  it('are not charged when the file is not ready, nor when something fails', async () => {
    const spent = environment.credits.spent(ann);
    const left = environment.credits.left(ann);
    const image = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex');
    const unreadable = await extracted(
      environment.bus,
      await upload(environment.bus, { roomId, userId: ann }, { name: 'x', bytes: image }),
      ann,
    );
    await expect(environment.bus.call(files.ask, { roomId, fileId: unreadable.id, question: 'What?' }, ann)).rejects.toMatchObject({
      code: 'file_not_ready',
      detail: expect.stringContaining('no_text') as string,
      data: { fileStatus: 'no_text' },
    });
    environment.credits.failCommits = 1;
    expect(await refusal({ roomId, fileId: file.id, question: 'Who is the keeper?', idempotencyKey: 'fails' }, ann)).toBe(
      'reservation_conflict',
    );
    expect([environment.credits.spent(ann), environment.credits.left(ann)]).toEqual([spent, left]);
    expect((await ask('Who is the keeper?', { idempotencyKey: 'fails' })).status).toBe('answered');
  });

  it('are answered when nobody tells that they were charged, and never charged again', async () => {
    const spent = environment.credits.spent(ann);
    environment.credits.losesReplies = true;
    const answer = await ask('Who is the keeper?', { idempotencyKey: 'lost' });
    environment.credits.losesReplies = false;
    expect(answer.answer).toContain('Marlow');
    expect((await ask('Who is the keeper?', { idempotencyKey: 'lost' })).id).toBe(answer.id);
    expect(environment.credits.spent(ann)).toBe(spent + 1);
    const history = await environment.bus.call(files.askHistory, { roomId, fileId: file.id, limit: 1 }, ann);
    expect(history.items[0]!.id).toBe(answer.id);
  });

  it('of someone with one credit, twenty at a time: one is answered', async () => {
    const poor = uuidv7();
    environment.rooms.setMember(roomId, poor, {});
    environment.credits.balances.set(poor, 1);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => refusal({ roomId, fileId: file.id, question: 'Who is the keeper?' }, poor)),
    );
    expect(outcomes.filter((code) => code === 'insufficient_credits')).toHaveLength(19);
    expect(environment.credits.spent(poor)).toBe(1);
  });

  it('are remembered for their asker alone, newest first, until cleared', async () => {
    const history = await environment.bus.call(files.askHistory, { roomId, fileId: file.id, limit: 2 }, ann);
    expect(history.items).toHaveLength(2);
    expect(history.nextCursor).not.toBeNull();
    const rest = await environment.bus.call(files.askHistory, { roomId, fileId: file.id, limit: 100, cursor: history.nextCursor }, ann);
    const ids = [...history.items, ...rest.items].map((answer) => answer.id);
    expect(ids).toEqual([...ids].sort().reverse());
    await environment.bus.call(files.clearAskHistory, { roomId, fileId: file.id }, ann);
    expect((await environment.bus.call(files.askHistory, { roomId, fileId: file.id }, ann)).items).toEqual([]);
    expect((await environment.bus.call(files.askHistory, { roomId, fileId: file.id }, bob)).items.length).toBeGreaterThan(0);
  });

  describe('to chosen files of the room', () => {
    let shared: string;
    let [ferry, market]: FileRecord[] = [];
    const askRoom = (input: object, actor = ann) =>
      environment.bus.call(files.askRoom, { roomId: shared, question: 'When does it open?', ...input }, actor);

    beforeAll(async () => {
      shared = environment.rooms.aRoom({ [ann]: {}, [bob]: {} });
      const put = async (name: string, bytes: string) =>
        extracted(environment.bus, await upload(environment.bus, { roomId: shared, userId: bob }, { name, bytes }), bob);
      ferry = await put('ferry.txt', 'The ferry office opens at seven.');
      market = await put('market.txt', 'The market hall opens at nine.');
    }, 30_000);

    it('are answered from those alone', async () => {
      for (const { id } of [ferry!, market!]) {
        const answer = await askRoom({ question: 'When does the office or the market hall open?', fileIds: [id] });
        expect(answer.fileIds).toEqual([id]);
        expect(answer.citations.map(({ fileId }) => fileId)).toEqual([id]);
      }
    });

    it('are refused when one of them is not there, or was not of this room', async () => {
      for (const stranger of [uuidv7(), file.id]) {
        expect(
          await environment.bus.refusal(files.askRoom, { roomId: shared, question: 'When?', fileIds: [ferry!.id, stranger] }, ann),
        ).toBe('file_not_found');
      }
    });

    it('are told apart from the same question to others under one key', async () => {
      const once = { idempotencyKey: 'chosen', fileIds: [market!.id, ferry!.id] };
      const first = await askRoom(once);
      expect((await askRoom({ ...once, fileIds: [ferry!.id, market!.id] })).id).toBe(first.id);
      const other = { roomId: shared, question: 'When does it open?', ...once, fileIds: [ferry!.id] };
      expect(await environment.bus.refusal(files.askRoom, other, ann)).toBe('idempotency_conflict');
    });

    it('can be said to have helped, by their asker alone', async () => {
      const { id: answerId } = await askRoom({});
      const rate = (helpful: boolean | null) => environment.bus.call(files.rateAnswer, { roomId: shared, answerId, helpful }, ann);
      expect((await rate(true)).helpful).toBe(true);
      expect((await environment.bus.call(files.askRoomHistory, { roomId: shared, limit: 1 }, ann)).items[0]?.helpful).toBe(true);
      expect(await rate(null)).not.toHaveProperty('helpful');
      expect(await environment.bus.refusal(files.rateAnswer, { roomId: shared, answerId, helpful: false }, bob)).toBe('answer_not_found');
    });

    it('are forgotten by their asker alone, and what the next costs is told', async () => {
      await askRoom({}, bob);
      const history = (actor: string) => environment.bus.call(files.askRoomHistory, { roomId: shared }, actor);
      await environment.bus.call(files.clearAskRoomHistory, { roomId: shared }, ann);
      expect(await history(ann)).toEqual({ items: [], nextCursor: null, questionCost: 1 });
      expect((await history(bob)).items).toHaveLength(1);
    });
  });

  it('are suggested by a guide, each of which is answered, and which costs nothing', async () => {
    const spent = environment.credits.spent(ann);
    const guide = await environment.bus.call(files.guide, { roomId, fileId: file.id }, ann);
    expect(guide.summary[0]?.quote).toBe('The lighthouse of Norwick was built in 1874.');
    expect(guide.questionCost).toBe(1);
    expect(guide.questions.length).toBeGreaterThan(0);
    expect(environment.credits.spent(ann)).toBe(spent);
    for (const question of guide.questions) expect([question, (await ask(question)).status]).toEqual([question, 'answered']);
    expect(await environment.bus.refusal(files.guide, { roomId, fileId: file.id }, uuidv7())).toBe('room_not_found');
  });

  describe('of someone who left and came back to a room that hides its past', () => {
    const cat = uuidv7();
    const question = 'What is the code word?';
    let since: string;
    const list = () => environment.bus.call(files.askRoomHistory, { roomId: since }, cat);
    const askRoom = (more: object = {}) => environment.bus.call(files.askRoom, { roomId: since, question, ...more }, cat);

    beforeAll(async () => {
      since = environment.rooms.aRoom({ [ann]: { role: 'host' }, [cat]: {} }, { historyVisibility: 'since_join' });
      const put = async (bytes: string) =>
        extracted(environment.bus, await upload(environment.bus, { roomId: since, userId: ann }, { name: 'w.txt', bytes }), ann);
      await put('The code word of Norwick is walnut.');
      expect((await askRoom({ idempotencyKey: 'before' })).answer).toContain('walnut');
      const joinedAt = new Date();
      const version = (environment.rooms.version += 1);
      const fact = { roomId: since, version, at: joinedAt.toISOString(), actorId: null, room: environment.rooms.state(since) };
      environment.rooms.setMember(since, cat, { joinedAt });
      const member = { userId: cat, username: 'cat', displayName: 'Cat', role: 'member' as const, joinedAt: joinedAt.toISOString() };
      const rejoined = await environment.rooms.facts.tell('memberJoined', { ...fact, member });
      await environment.bus.call(files.settle, { facts: [rejoined] });
      await put('The ferry leaves at nine.');
    }, 30_000);

    it('do not show what was answered from files that are hidden now', async () => {
      expect((await list()).items).toEqual([]);
      expect(await environment.bus.refusal(files.askRoom, { roomId: since, question, idempotencyKey: 'before' }, cat)).toBe(
        'idempotency_conflict',
      );
    });

    it('do not lean on what was asked before', async () => {
      const answer = await askRoom({ question: 'And the ferry?' });
      expect(answer.queryUsed).toBe('And the ferry?');
      expect((await list()).items.map(({ id }) => id)).toEqual([answer.id]);
    });
  });

  it('to the room search all of its ready files, and no other room', async () => {
    const other = environment.rooms.aRoom({ [bob]: {} });
    await extracted(
      environment.bus,
      await upload(environment.bus, { roomId: other, userId: bob }, { name: 'b.txt', bytes: 'The vault code is walnut.' }),
      bob,
    );
    const notes = await upload(environment.bus, { roomId, userId: bob }, { name: 'c.txt', bytes: 'The ferry to Norwick leaves at nine.' });
    await extracted(environment.bus, notes, bob);
    const answer = await environment.bus.call(files.askRoom, { roomId, question: 'When does the ferry leave?' }, ann);
    expect(answer.citations[0]).toMatchObject({ fileId: notes.id, quote: 'The ferry to Norwick leaves at nine.' });
    expect((await environment.bus.call(files.askRoom, { roomId, question: 'What is the vault code?' }, ann)).status).toBe('no_evidence');
    expect((await environment.bus.call(files.askRoomHistory, { roomId }, ann)).items).toHaveLength(2);
    expect(await environment.bus.refusal(files.askRoom, { roomId: other, question: 'What is the vault code?' }, ann)).toBe(
      'room_not_found',
    );
  }, 30_000);
});
