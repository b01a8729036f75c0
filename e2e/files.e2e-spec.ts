import { createHash } from 'node:crypto';
import type { Answer, FileRecord, Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { BOILER_FACTS, aPdf } from './support/documents.ts';
import { Person, request } from './support/person.ts';
import { Socket } from './support/socket.ts';
import { url } from './support/stack.ts';

afterAll(cleanUp);

describe('files', () => {
  let [ann, outsider]: Person[] = [];
  let room: Room;
  let pdf: Uint8Array;
  let file: FileRecord;
  const path = (more = '') => `/api/rooms/${room.id}/files/${file.id}${more}`;

  beforeAll(async () => {
    [ann, outsider] = [await Person.register('ann'), await Person.register('outsider')];
    room = await ann!.createRoom({ visibility: 'private' });
    pdf = await aPdf(BOILER_FACTS);
    const socket = await Socket.connect(ann!);
    file = await ann!.upload(room, 'boiler manual.pdf', pdf);
    await socket.entry(room.id, (entry) => entry.type === 'file.status' && entry.status === 'ready');
  });

  it('go from stored to ready, told to the room at every step', async () => {
    expect(file).toMatchObject({
      status: 'stored',
      name: 'boiler manual.pdf',
      contentType: 'application/pdf',
      size: pdf.length,
      version: 1,
    });
    expect(file.sha256).toBe(createHash('sha256').update(pdf).digest('hex'));
    expect(await ann!.settled(file)).toMatchObject({ status: 'ready', pages: 3 });
    const { items } = await ann!.do<{ items: { type: string }[] }>('GET', `/api/rooms/${room.id}/events?after=0`);
    expect(items.map((entry) => entry.type)).toEqual(expect.arrayContaining(['file.added', 'file.status']));
    const { pages } = await ann!.do<{ pages: { page: number; text: string }[] }>('GET', path('/text'));
    expect(pages.map(({ page, text }) => [page, text.replace(/\s+/g, ' ').trim()])).toEqual(BOILER_FACTS.map((fact, i) => [i + 1, fact]));
  });

  it('come back byte for byte, whole or in part, and as an attachment', async () => {
    const fetched = await fetch(url + path('/content'), { headers: { authorization: `Bearer ${ann!.token}` } });
    expect(Buffer.from(await fetched.arrayBuffer()).equals(Buffer.from(pdf))).toBe(true);
    expect(fetched.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(fetched.headers.get('x-content-type-options')).toBe('nosniff');
    const part = await fetch(url + path('/content'), { headers: { authorization: `Bearer ${ann!.token}`, range: 'bytes=0-3' } });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, '%PDF', `bytes 0-3/${pdf.length}`]);
    const same = await fetch(url + path('/content'), {
      headers: { authorization: `Bearer ${ann!.token}`, 'if-none-match': fetched.headers.get('etag')! },
    });
    expect(same.status).toBe(304);
  });

  it('show what they look like to whoever may see them, drawn by the server', async () => {
    const see = (path: string, headers = {}) => fetch(url + path, { headers: { authorization: `Bearer ${ann!.token}`, ...headers } });
    const preview = await see(path('/preview'));
    expect([preview.status, preview.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(Buffer.from(await preview.arrayBuffer()).toString('latin1', 8, 12)).toBe('WEBP');
    expect(preview.headers.get('cache-control')).toMatch(/^private/);
    expect((await see(path('/preview'), { 'if-none-match': preview.headers.get('etag')! })).status).toBe(304);
    const note = await ann!.settled(await ann!.upload(room, 'note.txt', 'Nothing to look at.'));
    expect((await see(`/api/rooms/${room.id}/files/${note.id}/preview`)).status).toBe(204);
    expect(await outsider!.refusal('GET', path('/preview'))).toEqual([404, 'room_not_found']);
  });

  it('answer with quotes that stand in the text, and say when nothing does', async () => {
    const answer = await ann!.do<Answer>('POST', path('/chat'), { question: 'Who installed the boiler?' });
    expect(answer).toMatchObject({ status: 'answered', cost: 1, creditsLeft: 99 });
    expect(answer.answer).toContain('Marta Kowalski');
    const { pages } = await ann!.do<{ pages: { page: number; text: string }[] }>('GET', path('/text'));
    expect(answer.citations.length).toBeGreaterThan(0);
    for (const { page, start, end, quote, fileId } of answer.citations) {
      const text = pages.find((candidate) => candidate.page === page)!.text;
      expect([fileId, [...text].slice(start, end).join('')]).toEqual([file.id, quote]);
    }
    const nothing = await ann!.do<Answer>('POST', path('/chat'), { question: 'Which penguin won the chess tournament in Lisbon?' });
    expect(nothing).toMatchObject({ status: 'no_evidence', citations: [] });
    expect(nothing.answer).not.toBe('');
    const { items } = await ann!.do<{ items: Answer[] }>('GET', path('/chat'));
    expect(items.map((item) => item.id).toSorted()).toEqual([answer.id, nothing.id].toSorted());
  });

  it('answer a question to all of the room’s files', async () => {
    const answer = await ann!.do<Answer>('POST', `/api/rooms/${room.id}/ask`, { question: 'What must the pressure stay below?' });
    expect(answer).toMatchObject({ status: 'answered', citations: [expect.objectContaining({ fileId: file.id })] });
  });

  it('uploaded for a message are nobody else’s until it is sent', async () => {
    const ben = await Person.register('ben');
    const shared = await ann!.createRoom();
    await ben.join(shared);
    const socket = await Socket.connect(ben);
    const draft = await ann!.upload(shared, 'salaries.txt', 'Nobody earns too much.', '?draft=1');
    const place = `/api/rooms/${shared.id}/files/${draft.id}`;
    expect(await ann!.settled(draft)).toMatchObject({ status: 'ready', draft: true });
    for (const more of ['', '/content', '/text']) expect(await ben.refusal('GET', place + more)).toEqual([404, 'file_not_found']);
    expect(await ben.refusal('POST', `/api/rooms/${shared.id}/messages`, { body: 'mine', fileIds: [draft.id] })).toEqual([
      404,
      'file_not_found',
    ]);
    const { items: before } = await ben.do<{ items: { type: string }[] }>('GET', `/api/rooms/${shared.id}/events?after=0`);
    expect(JSON.stringify(before)).not.toContain(draft.id);

    const message = await ann!.say(shared, 'Here they are', { fileIds: [draft.id] });
    await socket.entry(shared.id, (entry) => entry.type === 'file.status' && entry.fileId === draft.id);
    expect(message.files).toMatchObject([{ id: draft.id, name: 'salaries.txt' }]);
    expect(await ben.do<FileRecord>('GET', place)).toMatchObject({ status: 'ready' });
    const { items: listed } = await ben.do<{ items: FileRecord[] }>('GET', `/api/rooms/${shared.id}/files`);
    expect(listed.map(({ id }) => id)).toEqual([draft.id]);
  });

  it('end in a status that is true of what is in them', async () => {
    const cases: [string, string | Uint8Array, string][] = [
      ['notes.md', '# Notes\n\nThe quay is rebuilt in May.', 'ready'],
      ['table.csv', 'name,year\nBoiler,1987\n', 'ready'],
      ['page.html', '<html><body><script>alert(1)</script><p>Plain words.</p></body></html>', 'ready'],
      ['not really.pdf', 'just some text with a wrong name', 'ready'],
      ['broken.pdf', '%PDF-1.7\nnothing of the kind', 'failed'],
      ['blob.bin', Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256), 'unsupported'],
    ];
    for (const [name, content, status] of cases) {
      const settled = await ann!.settled(await ann!.upload(room, name, content));
      expect([name, settled.status]).toEqual([name, status]);
      if (status !== 'ready') {
        expect(settled.statusReason).toMatch(/\w+ \w+/);
        expect(await ann!.refusal('POST', `/api/rooms/${room.id}/files/${settled.id}/chat`, { question: 'Why?' })).toEqual([
          409,
          'file_not_ready',
        ]);
      }
    }
  });

  it('do not exist for who is not in their room', async () => {
    for (const [method, more] of [
      ['GET', ''],
      ['GET', '/content'],
      ['GET', '/text'],
      ['POST', '/chat'],
      ['DELETE', ''],
    ] as const) {
      expect([more, ...(await outsider!.refusal(method, path(more), method === 'POST' ? { question: 'Who?' } : undefined))]).toEqual([
        more,
        404,
        'room_not_found',
      ]);
    }
    expect((await request('GET', path('/content'))).status).toBe(401);
  });

  it('are gone for good when deleted: bytes, text and answers', async () => {
    expect((await ann!.call('DELETE', path())).status).toBe(204);
    for (const more of ['', '/content', '/text']) expect(await ann!.refusal('GET', path(more))).toEqual([404, 'file_not_found']);
    const answer = await ann!.do<Answer>('POST', `/api/rooms/${room.id}/ask`, { question: 'Who installed the boiler?' });
    expect(JSON.stringify(answer.citations)).not.toContain('Marta');
  });
});
