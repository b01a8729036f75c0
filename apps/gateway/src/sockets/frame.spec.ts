import { AppError } from '@atrium/contracts';
import { PassThrough, type Writable } from 'node:stream';
import * as ws from 'ws';
import { errorFrame, frameText } from './frame.ts';

/** Exported by the library, though not by its types. */
const { Receiver } = ws as unknown as { Receiver: new (options: { isServer: boolean }) => Writable };

/** What a client of the real library reads from our bytes. */
function read(bytes: Buffer): Promise<string> {
  const stream = new PassThrough();
  return new Promise((resolve, reject) => {
    const receiver = new Receiver({ isServer: false });
    receiver.on('message', (data: Buffer) => resolve(String(data))).on('error', reject);
    stream.pipe(receiver);
    stream.end(bytes);
  });
}

describe('an encoded frame', () => {
  it.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])('of %i bytes is read by the ws library as it was', async (length) => {
    const text = 'x'.repeat(length);
    expect(await read(frameText(text))).toBe(text);
  });

  it('says its length in bytes, not in characters', async () => {
    const text = 'é✓😀'.repeat(60);
    expect(await read(frameText(text))).toBe(text);
  });

  it('tells a client why it was refused, and nothing of what went wrong inside', async () => {
    const known = JSON.parse(await read(errorFrame(new AppError('slow_mode', 'Wait', { retryAfterSeconds: 3 }), 'x'))) as object;
    expect(known).toMatchObject({
      event: 'error',
      id: 'x',
      data: { code: 'slow_mode', status: 429, detail: 'Wait', retryAfterSeconds: 3 },
    });
    const unknown = await read(errorFrame(new Error('secret'), undefined));
    expect(unknown).not.toContain('secret');
    expect(JSON.parse(unknown)).toMatchObject({ data: { code: 'internal', status: 500 } });
  });
});
