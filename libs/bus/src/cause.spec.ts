import { setTimeout as wait } from 'node:timers/promises';
import {
  because,
  beginTrace,
  causeOfLine,
  currentCause,
  inSpan,
  inSpanOfAll,
  useTracer,
  type OpenSpan,
  type SpanDescription,
  type Tracer,
} from './cause.ts';

/** Writes spans into a list; a traceparent ends in 01 where it is sampled. */
class RecordingTracer implements Tracer {
  readonly ended: { name: string; parent: string | undefined; links: string[]; failed: boolean }[] = [];
  private last = 0;

  begin({ name, links = [] }: SpanDescription, parent?: string): OpenSpan {
    const trace = parent?.split('-')[1] ?? `trace${++this.last}`;
    return {
      traceparent: `00-${trace}-span${++this.last}-01`,
      end: ({ error } = {}) => void this.ended.push({ name, parent, links, failed: error !== undefined }),
    };
  }

  isSampled(traceparent: string): boolean {
    return traceparent.endsWith('-01');
  }
}

const call = (name: string) => ({ name, kind: 'client' }) as const;

describe('the cause of work', () => {
  afterEach(() => useTracer(undefined));

  it('is known in all that follows from it, and nowhere else', async () => {
    const seen = async (requestId: string) =>
      because({ requestId }, async () => {
        await wait(1);
        return currentCause()?.requestId;
      });
    expect(await Promise.all([seen('one'), seen('two')])).toEqual(['one', 'two']);
    expect(currentCause()).toBeUndefined();
  });

  it('is named on lines of the log, by request and trace', () => {
    expect(because({ requestId: 'r', traceparent: '00-abc-def-01' }, causeOfLine)).toEqual({ requestId: 'r', traceId: 'abc' });
    expect(causeOfLine()).toEqual({});
  });

  it('has no spans while nothing is traced', async () => {
    expect(beginTrace(call('root'), { traceparent: '00-abc-def-01', share: 1 })).toBeUndefined();
    const inside = () => inSpan(call('call'), () => Promise.resolve(currentCause()));
    expect(await because({ requestId: 'r', traceparent: '00-abc-def-01' }, inside)).toMatchObject({ traceparent: '00-abc-def-01' });
  });
});

describe('tracing', () => {
  let tracer: RecordingTracer;
  beforeEach(() => useTracer((tracer = new RecordingTracer())));
  afterEach(() => useTracer(undefined));

  it('begins with a share of what comes, and with whatever its sender has traced', () => {
    const begun = (traceparent: string | undefined, share: number) => beginTrace(call('root'), { traceparent, share })?.traceparent;
    expect(begun(undefined, 0)).toBeUndefined();
    expect(begun('00-abc-def-00', 0)).toBeUndefined();
    expect(begun('00-abc-def-01', 0)).toMatch(/^00-abc-/);
    expect(begun('00-abc-def-00', 1)).toMatch(/^00-abc-/);
    expect(begun(undefined, 1)).toMatch(/^00-trace/);
  });

  it('makes each piece of work a part of the one that it is in, and says which failed', async () => {
    const inner = inSpan.bind(undefined, call('inner'), () => Promise.reject(new Error('no')));
    await expect(because({ traceparent: '00-abc-def-01' }, () => inSpan(call('outer'), inner))).rejects.toThrow('no');
    const [first, second] = tracer.ended;
    expect(first).toMatchObject({ name: 'inner', parent: expect.stringMatching(/^00-abc-span/) as string, failed: true });
    expect(second).toMatchObject({ name: 'outer', parent: '00-abc-def-01', failed: true });
  });

  it('makes no spans of what is not part of a trace', async () => {
    await because({ requestId: 'r' }, () => inSpan(call('call'), () => Promise.resolve()));
    expect(tracer.ended).toEqual([]);
  });

  it('makes what several brought about together a part of the first trace among them, linked with the others', async () => {
    const all = [{ requestId: 'r' }, { traceparent: '00-abc-1-01' }, { traceparent: '00-def-2-01' }];
    await inSpanOfAll(all, call('commit'), () => Promise.resolve());
    expect(tracer.ended).toEqual([{ name: 'commit', parent: '00-abc-1-01', links: ['00-def-2-01'], failed: false }]);
  });

  it('keeps what serves many out of the trace that happened to start it', async () => {
    const commit = () => inSpanOfAll([], call('commit'), () => Promise.resolve(currentCause()));
    expect(await because({ traceparent: '00-abc-1-01' }, commit)).toEqual({});
    expect(tracer.ended).toEqual([]);
  });
});
