import { Extracting } from '../../test/extracting.ts';
import { SAMPLES } from '../../test/format-samples.ts';

/** The same numbers below one every time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

type Damage = (bytes: Buffer, random: () => number) => Buffer;
const anywhere = (bytes: Buffer, random: () => number) => Math.floor(random() * bytes.length);
const DAMAGES: Record<string, Damage> = {
  'cut off': (bytes, random) => bytes.subarray(0, anywhere(bytes, random)),
  'without its beginning': (bytes, random) => bytes.subarray(anywhere(bytes, random)),
  'with bits turned': (bytes, random) => {
    const other = Buffer.from(bytes);
    for (let i = 0; i < 20; i += 1) other[anywhere(other, random)]! ^= 1 << Math.floor(random() * 8);
    return other;
  },
  'with a tenth of it blank': (bytes, random) => {
    const at = anywhere(bytes, random);
    return Buffer.from(bytes).fill(0, at, at + Math.ceil(bytes.length / 10));
  },
  'twice over': (bytes) => Buffer.concat([bytes, bytes]),
  'with a part of it many times': (bytes, random) => {
    const at = anywhere(bytes, random);
    const part = bytes.subarray(at, at + Math.ceil(bytes.length / 10));
    return Buffer.concat([bytes.subarray(0, at), ...Array.from({ length: 100 }, () => part), bytes.subarray(at)]);
  },
};

/** Words that only a reader that broke down causes, or one that went round and round. */
const BROKE_DOWN = /stops the reader|more memory|longer than|ended its reader/;

describe('damaged files', () => {
  const extracting = new Extracting();
  beforeAll(() => extracting.begin());
  afterAll(() => extracting.end());

  it.each(Object.keys(DAMAGES).map((how, i) => ({ how, i })))(
    'end in a status that is true when they are $how',
    async ({ how, i }) => {
      const random = seeded(i + 1);
      const tried = SAMPLES.filter((_sample, n) => n % Object.keys(DAMAGES).length === i);
      for (const { format, name, bytes } of tried) {
        const result = await extracting.extract(name, DAMAGES[how]!(Buffer.from(await bytes), random), { seconds: 20 });
        const said = { format, status: result.status, reason: result.reason };
        expect(said).not.toMatchObject({ reason: expect.stringMatching(BROKE_DOWN) as string });
        if (result.status !== 'ready') expect(said).toMatchObject({ reason: expect.stringMatching(/^[A-Z].+\.$/s) as string });
        const replaced = result.pages.join('').split('\ufffd').length - 1;
        expect({ ...said, isGarbled: result.status === 'ready' && replaced > 20 }).toMatchObject({ isGarbled: false });
      }
    },
    60_000,
  );
});
