import { quoteText, withQuote } from './quote-text.ts';

const LINK = 'https://chat.example/rooms/r?at=7';
const quote = (body: string, more: object = {}): string => quoteText({ body, fileNames: [], author: 'Ann', link: LINK, ...more });

describe('a quote', () => {
  it('says who wrote it, with a link, and every line of it', () => {
    expect(quote('one\n\ntwo')).toBe(`> [Ann](${LINK}):\n> one\n>\n> two`);
  });

  it('leaves out what is quoted in it', () => expect(quote('> before\n\nyes')).toBe(`> [Ann](${LINK}):\n> yes`));

  it('of files alone names them', () => {
    expect(quote('', { fileNames: ['a_b.pdf', 'c.png'] })).toBe(`> [Ann](${LINK}):\n> a\\_b.pdf, c.png`);
  });

  it('takes a name as it is written', () => expect(quote('hi', { author: '[x](y) @room' })).toContain('[\\[x\\](y) \\@room]'));

  it('is short, and closes the code it cuts', () => {
    const long = quote(`\`\`\`\n${'🙂'.repeat(1000)}\n\`\`\``);
    expect([...long].length).toBeLessThan(700);
    expect(long.match(/^> ```/gm)).toHaveLength(2);
    expect(long).toContain('…');
  });

  it('stands below what was written already', () => {
    expect(withQuote('', '> a')).toBe('> a\n\n');
    expect(withQuote('so: ', '> a')).toBe('so:\n\n> a\n\n');
  });
});
