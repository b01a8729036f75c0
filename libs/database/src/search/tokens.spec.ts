import { highlight } from './highlight.ts';
import { searchText } from './search-text.ts';
import { wantedOf } from './wanted.ts';
import { isSpelledAlike, near } from './word-keys.ts';

const marked = (text: string, words: string[], phrases: string[] = [], alike: string[] = []) => {
  const { text: piece, ranges } = highlight(text, { wanted: wantedOf({ words, phrases }), alike: new Set(alike) });
  const characters = [...piece];
  return ranges.map(({ start, end }) => characters.slice(start, end).join(''));
};

describe('a text in the index', () => {
  it.each([
    ['Crème BRÛLÉE, please!', ' creme brulee please '],
    ['Straße, Ærø and łódź', ' strasse aero and lodz '],
    ['don’t e-mail ann@x.org', ' dont e mail ann x org '],
    ['C++ and C#, not a+b', ' c++ and c# not a b '],
    ['iPhone手机 会议', ' iphone 手机 会议 '],
    ['ＦＵＬＬ width ﬁne', ' full width fine '],
    ['e\u0301te\u0301', ' ete '],
    ['ship it 🚀🚀', ' ship it 🚀 🚀 '],
    ['한국어 회의', ' 한국어 회의 '],
    ['हिन्दी भाषा', ' हिन्दी भाषा '],
    ['--- ***', ''],
  ])('is kept without case, accents and signs: %s', (text, folded) => {
    expect(searchText(text).folded).toBe(folded);
  });

  it('has pairs of characters of scripts that set no spaces, and words of all others', () => {
    expect(searchText('会议记录 from May').lexemes).toEqual(['会议', '议记', '记录', 'from', 'may']);
    expect(searchText('好').lexemes).toEqual(['好']);
  });
});

describe('a long text', () => {
  it('is cut and highlighted in time that grows with its length alone', () => {
    const text = `${'x'.repeat(200_000)} ${'ab '.repeat(200_000)}`;
    expect(searchText(text).words).toBe(200_001);
    expect(marked(text, ['a']).length).toBeGreaterThan(50);
  });
});

describe('what is highlighted', () => {
  it.each([
    ['a whole word', 'the Report is late', ['report'], ['Report']],
    ['the part of a word that was typed', 'unreported', ['report'], ['report']],
    ['the beginning of a word for two letters, and no other part', 'join the banjo with John', ['jo'], ['jo', 'Jo']],
    ['letters with their accents', 'Crème brûlée', ['brulee'], ['brûlée']],
    ['letters with accents of their own', 'cafe\u0301 open', ['café'], ['cafe\u0301']],
    ['one letter that is written as two', 'Große Straße', ['strasse'], ['Straße']],
    ['two characters of Chinese', '今天的会议记录', ['会议'], ['会议']],
    ['what was typed in one piece in one piece', 'a foo-barbaz, a foo and a bar', ['foo-bar'], ['foo-bar']],
    ['behind characters that are two units long', '😀😀 hello', ['hello'], ['hello']],
  ])('is %s', (_what, text, words, found) => {
    expect(marked(text, words)).toEqual(found);
  });

  it('is a phrase as a whole, and neither its words elsewhere nor a longer word at its end', () => {
    expect(marked('red fox; the red foxes, a fox, Red Fox', [], ['red fox'])).toEqual(['red fox', 'Red Fox']);
  });

  it('is a word that is spelled alike', () => {
    expect(marked('the quarterly numbers', ['quartely'], [], ['quarterly'])).toEqual(['quarterly']);
  });

  it('lies in a piece around the place where most of it stands together', () => {
    const text = `budget ${'filler word '.repeat(100)} the budget of the next quarter ${'and so on '.repeat(100)}`;
    const piece = highlight(text, { wanted: wantedOf({ words: ['budget', 'quarter'], phrases: [] }), alike: new Set() });
    expect(piece.text).toMatch(/^….*the budget of the next quarter.*…$/);
    expect(piece.ranges.map(({ start, end }) => [...piece.text].slice(start, end).join(''))).toEqual(['budget', 'quarter']);
    expect([...text].slice(piece.place.start, piece.place.end).join('')).toBe(piece.text.slice(1, -1));
  });
});

describe('the spelling of a word that is searched for', () => {
  it.each([
    ['jonh', 'john'],
    ['recieve', 'receive'],
    ['quartely', 'quarterly'],
    ['budgett', 'budget'],
    ['hcat', 'chat'],
    ['meetung', 'meeting'],
  ])('%s is taken for %s, which shares a key with it', (typed, meant) => {
    expect(isSpelledAlike(typed, meant)).toBe(true);
    expect(near(typed).some((key) => near(meant).includes(key))).toBe(true);
  });

  it.each([
    ['cat', 'car'],
    ['2024', '2025'],
  ])('%s is not taken for %s', (typed, other) => {
    expect(near(typed).length === 0 || typed.length < 4 || !isSpelledAlike(typed, other)).toBe(true);
  });
});
