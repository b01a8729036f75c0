import { shownLinks } from './shown-links.ts';

describe('the pages that a message shows', () => {
  it.each([
    ['see https://a.example/x', ['https://a.example/x']],
    ['see https://a.example, and www.b.example', ['https://a.example/', 'http://www.b.example/']],
    ['[words](https://a.example/x) and https://a.example/x', ['https://a.example/x']],
    ['- https://a.example/1\n- **https://b.example/2**', ['https://a.example/1', 'https://b.example/2']],
  ])('of %j are %j', (body, links) => expect(shownLinks(body)).toEqual(links));

  it.each([
    'no link',
    '`https://a.example`',
    '```\nhttps://a.example\n```',
    '> https://a.example',
    'rather not <https://a.example>',
    'mailto:ann@a.example',
    'https://ann:secret@a.example/',
    'http://chat.example/rooms/019ac000-0000-7000-8000-000000000001?at=7',
    `https://a.example/${'x'.repeat(2000)}`,
  ])('are none of %j', (body) => expect(shownLinks(body)).toEqual([]));

  it('are three at most', () => {
    expect(shownLinks([1, 2, 3, 4].map((n) => `https://a.example/${n}`).join(' '))).toHaveLength(3);
  });
});
