import { randomBytes, randomUUID } from 'node:crypto';
import type { FileRecord, Room } from '@atrium/contracts';
import { cleanUp, onCleanup, waitFor } from '@atrium/testing';
import { Collector, type Span } from './support/collector.ts';
import { Person } from './support/person.ts';
import { Socket } from './support/socket.ts';

/** A trace that a client keeps, and the part of it from which it asks. */
function aTrace() {
  const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
  return { traceId, spanId, traceparent: `00-${traceId}-${spanId}-01` };
}

/** A span with all that it is part of, the nearest first. */
function lineage(span: Span, spans: readonly Span[]): Span[] {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return parent ? [span, ...lineage(parent, spans)] : [span];
}

const isStatement = ({ attributes }: Span) => attributes['db.system.name'] === 'postgresql';

describe('what is traced', () => {
  let collector: Collector;
  let ann: Person;
  let room: Room;

  beforeAll(async () => {
    collector = await Collector.start();
    onCleanup(() => collector.stop());
    ann = await Person.register('ann');
    room = await ann.createRoom();
  });
  afterAll(cleanUp);

  /** All of a trace, once it ends nowhere but at the client and holds what is waited for. */
  const whole = (trace: ReturnType<typeof aTrace>, has: (spans: Span[]) => boolean) =>
    waitFor(
      () => {
        const spans = collector.of(trace.traceId);
        const known = new Set([trace.spanId, ...spans.map(({ spanId }) => spanId)]);
        return has(spans) && spans.every(({ parentSpanId }) => known.has(parentSpanId ?? '')) ? spans : undefined;
      },
      { withinMs: 60_000, what: 'the whole trace' },
    );

  it('of an upload is one trace, from the request at the gateway to the last statement of the worker', async () => {
    const trace = aTrace();
    const form = new FormData();
    form.append('file', new Blob(['The boiler was serviced on Friday.']), 'boiler.txt');
    const requestId = randomUUID();
    const reply = await ann.call<{ items: FileRecord[] }>('POST', `/api/rooms/${room.id}/files`, form, {
      traceparent: trace.traceparent,
      'x-request-id': requestId,
    });
    expect(reply.status).toBe(201);
    expect(await ann.settled(reply.body.items[0]!)).toMatchObject({ status: 'ready' });

    const toldOf = (span: Span) => /^messages-files.*:events\.files\.added$/.test(span.name);
    const spans = await whole(trace, (found) => found.some(({ name }) => name === 'files.extract') && found.some(toldOf));
    const [root] = spans.filter(({ parentSpanId }) => parentSpanId === trace.spanId);
    expect(root).toMatchObject({ service: 'gateway', attributes: { 'http.request.method': 'POST', 'atrium.request_id': requestId } });
    expect(spans.filter(({ parentSpanId }) => parentSpanId === trace.spanId)).toHaveLength(1);

    const ofWorker = spans.filter((span) => span.service === 'files-worker' && isStatement(span));
    const last = ofWorker.reduce((latest, span) => (span.endedAt > latest.endedAt ? span : latest));
    expect(ofWorker.map(({ name }) => name)).toContain('commit');
    const [, ...above] = lineage(last, spans);
    expect(above.map(({ service, name }) => `${service}: ${name}`)).toEqual([
      'files-worker: files.extract',
      'files: rpc.files.recordUpload',
      'gateway: rpc.files.recordUpload',
      `gateway: ${root!.name}`,
    ]);
    // And what others make of what they are told of the file.
    expect(lineage(spans.find(toldOf)!, spans).map(({ service }) => service)).toEqual(['messages', 'files', 'gateway', 'gateway']);
    expect(JSON.stringify(spans.map(({ attributes, name }) => [name, attributes]))).not.toContain('boiler');
  }, 120_000);

  it('of a message is one trace, from the frame to the commit that stores it with others', async () => {
    const trace = aTrace();
    const socket = await Socket.connect(ann);
    const data = { roomId: room.id, clientId: randomUUID(), body: 'Who has serviced it?' };
    socket.sendRaw(JSON.stringify({ event: 'message.send', id: 1, traceparent: trace.traceparent, data }));
    expect(await socket.answer(1)).toMatchObject({ event: 'ack' });

    const spans = await whole(trace, (found) => found.some(({ name }) => name === 'frame message.send'));
    const commit = spans.find((span) => span.service === 'messages' && isStatement(span) && span.name === 'commit')!;
    expect(lineage(commit, spans).map(({ service, name }) => `${service}: ${name}`)).toEqual([
      'messages: commit',
      'messages: messages.commit',
      'messages: rpc.messages.send',
      'gateway: rpc.messages.send',
      'gateway: frame message.send',
    ]);
    expect(JSON.stringify(spans.map(({ attributes, name }) => [name, attributes]))).not.toContain('serviced');
  }, 90_000);

  it('is nothing of what nobody asked to have traced, where the share of all is none', async () => {
    const { traceparent, traceId } = aTrace();
    const unsampled = `${traceparent.slice(0, -2)}00`;
    const asked = aTrace();
    expect((await ann.call('GET', '/api/me', undefined, { traceparent: unsampled })).status).toBe(200);
    expect((await ann.call('GET', '/api/me', undefined, { traceparent: asked.traceparent })).status).toBe(200);
    await whole(asked, (found) => found.some(({ name }) => name.startsWith('GET /api/me')));
    expect(collector.of(traceId)).toEqual([]);
  }, 90_000);
});
