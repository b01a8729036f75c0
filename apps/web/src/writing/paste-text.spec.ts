import { isTable, linkEdit, rowsOfTsv, tableMarkup } from './paste-text.ts';

describe('an address pasted over words', () => {
  const paste = (text: string, words: string, address: string): string | undefined => {
    const from = text.indexOf(words);
    const edit = linkEdit({ text, from, to: from + words.length }, address);
    return edit && text.slice(0, edit.from) + edit.insert + text.slice(edit.to);
  };

  it.each([
    ['see the plan', 'the plan', 'https://x.example/plan', 'see [the plan](https://x.example/plan)'],
    ['see the plan', 'the plan', 'https://x.example/a_(b)', 'see [the plan](<https://x.example/a_(b)>)'],
    ['see [1] here', '[1]', 'http://x.example', 'see [\\[1\\]](http://x.example) here'],
    ['write me', 'me', 'mailto:ann@x.example', 'write [me](mailto:ann@x.example)'],
  ])('in %j over %j is their link', (text, words, address, after) => expect(paste(text, words, address)).toBe(after));

  it.each([
    ['see the plan', 'the plan', 'two words'],
    ['see the plan', 'the plan', 'javascript:alert(1)'],
    ['see https://a.example', 'https://a.example', 'https://b.example'],
    ['one\n\ntwo', 'one\n\ntwo', 'https://b.example'],
  ])('in %j over %j is no link when it is %j', (text, words, address) => expect(paste(text, words, address)).toBeUndefined());
});

describe('a pasted table', () => {
  it('has a head, and its numbers at the right', () => {
    expect(
      tableMarkup([
        ['Name', 'Pay'],
        ['Ann', '1,200'],
        ['Ben', '€ 900'],
      ]),
    ).toBe('| Name | Pay |\n| --- | ---: |\n| Ann | 1,200 |\n| Ben | € 900 |');
  });

  it('shows what stands in its cells as it stands there', () => {
    expect(
      tableMarkup([
        ['a|b', '2*3*4'],
        ['<i>', 'snake_case _x_'],
      ]),
    ).toBe('| a\\|b | 2\\*3\\*4 |\n| --- | --- |\n| \\<i> | snake_case \\_x\\_ |');
  });

  it('is read from values between tabs, with lines in quotes', () => {
    expect(rowsOfTsv('a\tb\r\n"one\ntwo"\t"say ""hi"""\r\n')).toEqual([
      ['a', 'b'],
      ['one\ntwo', 'say "hi"'],
    ]);
    expect(rowsOfTsv('a\t\n\tb')).toEqual([
      ['a', ''],
      ['', 'b'],
    ]);
  });

  it.each(['no tabs', 'func main() {\n\trun()\n}', '\tcc a\n\tcc b'])('is not seen in %j', (text) =>
    expect(rowsOfTsv(text)).toBeUndefined(),
  );

  it('needs two rows and two columns', () => {
    expect(isTable([['a', 'b']])).toBe(false);
    expect(isTable([['a'], ['b']])).toBe(false);
    expect(isTable([['a', 'b'], ['c']])).toBe(true);
  });
});
