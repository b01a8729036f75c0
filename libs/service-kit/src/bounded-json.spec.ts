import { parseBoundedJson } from './bounded-json.ts';

const nested = (depth: number, open = '[', close = ']') => open.repeat(depth) + close.repeat(depth);

describe('JSON that somebody sent', () => {
  it('is parsed as JSON is', () => {
    for (const text of ['{"a":[1,{"b":"c"}]}', '"\\\\"', '"[[[\\"{{{,,,"', '"\\\\\\"],"', '[]', 'null', ' 1 ', nested(32)]) {
      expect(parseBoundedJson(text)).toEqual(JSON.parse(text));
    }
  });

  it.each([
    ['arrays', nested(33)],
    ['objects', '{"a":'.repeat(33) + '1' + '}'.repeat(33)],
    ['arrays in objects', '{"a":['.repeat(17) + ']}'.repeat(17)],
    ['brackets that never close', '['.repeat(100_000)],
    ['brackets after a string full of quotes', `["\\"\\"\\\\", ${nested(32)}]`],
  ])('is refused when %s nest deeper than 32 levels', (_what, text) => {
    expect(() => parseBoundedJson(text)).toThrow(
      expect.objectContaining({ code: 'malformed_request', detail: expect.stringMatching(/32 levels/) }),
    );
  });

  it.each([
    ['members', `{${Array.from({ length: 4002 }, (_, index) => `"k${index}":1`).join()}}`],
    ['elements', `[${'0,'.repeat(4001)}0]`],
    ['empty objects', `[${'{},'.repeat(4000)}{}]`],
  ])('is refused when it has too many %s', (_what, text) => {
    expect(() => parseBoundedJson(text)).toThrow(
      expect.objectContaining({ code: 'malformed_request', detail: expect.stringMatching(/values/) }),
    );
  });

  it.each(['{', '', '"', '"\\', '[1,]', '{"a"}', ']]]', 'undefined', '["\\"]'])('is refused when it is none: %s', (text) => {
    expect(() => parseBoundedJson(text)).toThrow(expect.objectContaining({ code: 'malformed_request' }));
  });
});
