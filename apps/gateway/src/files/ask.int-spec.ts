import { AppError, files } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { v7 as uuidv7 } from 'uuid';
import type { Person } from '../../test/fake-services.ts';
import { Harness } from '../../test/harness.ts';

const STREAM = { accept: 'text/event-stream' };
const [known, frozen] = [uuidv7(), uuidv7()];
const never = () => new Promise<never>(() => {});

describe('a question', () => {
  let harness: Harness;
  let ann: Person;
  let room: string;
  let frozenRoom: string;

  const at = new Date().toISOString();
  const answer = {
    id: uuidv7(),
    status: 'answered' as const,
    confidence: 0.9,
    question: 'q',
    queryUsed: 'q',
    answer: 'One. Two.',
    citations: [],
    cost: 1,
    creditsLeft: 9,
    createdAt: at,
  };

  beforeAll(async () => {
    harness = await Harness.start();
    ann = harness.services.aPerson();
    room = `/api/rooms/${harness.services.aRoom([ann]).record.id}`;
    const frozenId = harness.services.aRoom([ann]).record.id;
    frozenRoom = `/api/rooms/${frozenId}`;
    const { bus } = harness.services;
    bus.answer(files.get, ({ roomId, fileId }) => {
      if (fileId === frozen) return never();
      if (fileId !== known) throw new AppError('file_not_found');
      return {
        id: fileId,
        roomId,
        uploaderId: uuidv7(),
        name: 'a.txt',
        contentType: 'text/plain',
        size: 1,
        sha256: '',
        version: 1,
        status: 'ready' as const,
        createdAt: at,
      };
    });
    bus.answer(files.queueStatus, ({ roomId }) => (roomId === frozenId ? never() : { waiting: 0, extracting: 0, ready: 1, failed: 0 }));
    bus.answer(files.ask, ({ fileId, question, idempotencyKey }) =>
      fileId === frozen ? never() : { ...answer, question, queryUsed: idempotencyKey ?? '' },
    );
    bus.answer(files.askRoom, ({ roomId }) => {
      if (roomId === frozenId) return never();
      throw new AppError('insufficient_credits');
    });
    await bus.bus.connection.flush();
  });
  afterAll(cleanUp);

  const ask = (path: string, headers: Record<string, string> = {}) => harness.postJson(path, { question: 'q' }, { as: ann, headers });

  it('is answered as one reply', async () => {
    const reply = await ask(`${room}/files/${known}/chat`, { 'idempotency-key': 'k' });
    expect(await reply.json()).toEqual({ ...answer, queryUsed: 'k' });
  });

  it('is answered as a stream of events', async () => {
    const stream = await ask(`${room}/files/${known}/chat`, STREAM);
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const events = (await stream.text())
      .trim()
      .split('\n\n')
      .map((event) => event.split('\n')[0]);
    expect(events).toEqual(['event: delta', 'event: delta', 'event: answer']);
  });

  it.each([
    ['a file that is not there', () => `${room}/files/${uuidv7()}/chat`, 404],
    ['a room without the credits', () => `${room}/ask`, 402],
  ])('to %s is refused with a status of its own, also as a stream', async (_what, path, status) => {
    const refused = await ask(path(), STREAM);
    expect([refused.status, refused.headers.get('content-type')]).toEqual([status, 'application/problem+json; charset=utf-8']);
  });

  it('is kept in a history that can be exported as Markdown, page after page', async () => {
    const pages = ['next', null].map((nextCursor, i) => ({
      items: [
        {
          ...answer,
          question: `Question ${i + 1}\n# no heading`,
          citations: [{ n: 1, fileId: known, version: 1, page: 2, start: 0, end: 3, quote: 'One' }],
        },
      ],
      nextCursor,
      questionCost: 1,
    }));
    harness.services.bus.answer(files.askHistory, ({ cursor }) => pages[cursor === undefined ? 0 : 1]!);
    await harness.services.bus.bus.connection.flush();
    const reply = await harness.fetch(`${room}/files/${known}/chat/export`, { as: ann });
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/markdown; charset=utf-8']);
    expect(reply.headers.get('content-disposition')).toContain('attachment');
    const text = await reply.text();
    expect(text.match(/^## .*$/gm)).toEqual(['## Question 1 # no heading', '## Question 2 # no heading']);
    expect(text).toContain('- [1] page 2: “One”');
  });

  it('takes the files to ask and whether its answer helped', async () => {
    const chosen = uuidv7();
    harness.services.bus.answer(files.rateAnswer, ({ helpful }) => ({ ...answer, ...(helpful === null ? {} : { helpful }) }));
    await harness.services.bus.bus.connection.flush();
    const rate = (helpful: unknown) =>
      harness.fetch(`${room}/answers/${answer.id}/feedback`, {
        as: ann,
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ helpful }),
      });
    expect(await (await rate(true)).json()).toMatchObject({ helpful: true });
    expect((await rate('yes')).status).toBe(422);
    expect((await harness.postJson(`${room}/ask`, { question: 'q', fileIds: ['x', chosen] }, { as: ann })).status).toBe(422);
  });

  it('that files does not take up is answered within five seconds, also as a stream', async () => {
    const paths = [`${room}/files/${frozen}/chat`, `${frozenRoom}/ask`];
    const asked = paths.flatMap((path) => [ask(path), ask(path, STREAM)]);
    const statuses = await Promise.all(asked.map(async (reply) => (await reply).status));
    expect(statuses).toEqual([503, 503, 503, 503]);
  }, 5000);
});
