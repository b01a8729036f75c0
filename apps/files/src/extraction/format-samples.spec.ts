import { SAMPLES } from '../../test/format-samples.ts';
import { textOf } from '../../test/reading.ts';

const claims = SAMPLES.flatMap(({ format, kept, ...sample }) =>
  Object.entries(kept).map(([what, shown]): [string, string, () => Promise<string>, string] => [
    format,
    what,
    async () => textOf(sample.name, await sample.bytes),
    shown,
  ]),
);

describe('what docs/extraction.md says of a format is true', () => {
  it.each(claims)('of %s: %s', async (_format, _what, text, shown) => {
    expect(await text()).toContain(shown);
  });
});
