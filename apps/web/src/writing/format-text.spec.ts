import { type Edit, type Format, type Written, continueList, formatText } from './format-text.ts';

/** A text whose selection stands between bars, or its caret at one. */
function read(drawn: string): Written {
  const [before = '', selected = '', after] = drawn.split('¦');
  if (after === undefined) return { text: before + selected, from: before.length, to: before.length };
  return { text: before + selected + after, from: before.length, to: before.length + selected.length };
}

function drawn({ text }: Written, edit: Edit | undefined): string | undefined {
  if (!edit) return undefined;
  const done = text.slice(0, edit.from) + edit.insert + text.slice(edit.to);
  const [from, to] = edit.select;
  return from === to ? `${done.slice(0, from)}¦${done.slice(from)}` : `${done.slice(0, from)}¦${done.slice(from, to)}¦${done.slice(to)}`;
}

const format = (text: string, how: Format): string | undefined => drawn(read(text), formatText(read(text), how));
const proceed = (text: string): string | undefined => drawn(read(text), continueList(read(text)));

describe('a format', () => {
  it.each<[string, Format, string]>([
    ['say ¦this¦ now', 'bold', 'say **¦this¦** now'],
    ['say ¦this ¦now', 'italic', 'say *¦this¦* now'],
    ['¦gone¦', 'strike', '~~¦gone¦~~'],
    ['run ¦npm start¦', 'code', 'run ¦`npm start`¦'],
    ['run ¦a `b` c¦', 'code', 'run ¦``a `b` c``¦'],
    ['run ¦`b`¦ c', 'code', 'run ¦b¦ c'],
    ['so: ¦let a\nlet b¦', 'code', 'so: \n```\n¦let a\nlet b¦\n```'],
    ['¦- one\n- two¦', 'bold', '¦- **one**\n- **two**¦'],
    ['¦one\n\ntwo¦', 'italic', '¦*one*\n\n*two*¦'],
    ['say ¦', 'bold', 'say **¦**'],
  ])('is put around %j as %s', (before, how, after) => expect(format(before, how)).toBe(after));

  it.each<[string, Format, string]>([
    ['say **¦this¦** now', 'bold', 'say ¦this¦ now'],
    ['say ¦**this**¦ now', 'bold', 'say ¦this¦ now'],
    ['say ***¦this¦***', 'italic', 'say **¦this¦**'],
    ['say ***¦this¦***', 'bold', 'say *¦this¦*'],
    ['say `¦this¦`', 'code', 'say ¦this¦'],
    ['say **¦**', 'bold', 'say ¦'],
  ])('is taken from %j as %s', (before, how, after) => expect(format(before, how)).toBe(after));

  it('inside another one is added to it', () => expect(format('**¦this¦**', 'italic')).toBe('***¦this¦***'));

  it('ends where one has just written in it', () => expect(format('say **this¦**', 'bold')).toBe('say **this**¦'));
});

describe('a new line', () => {
  it.each([
    ['- one¦', '- one\n- ¦'],
    ['  * one¦', '  * one\n  * ¦'],
    ['9. one¦', '9. one\n10. ¦'],
    ['1) one¦ and more', '1) one\n2) ¦ and more'],
    ['- [x] done¦', '- [x] done\n- [ ] ¦'],
    ['> said¦', '> said\n> ¦'],
    ['a\n- b¦\nc', 'a\n- b\n- ¦\nc'],
  ])('after %j goes on with the list', (before, after) => expect(proceed(before)).toBe(after));

  it.each([
    ['- one\n- ¦', '- one\n¦'],
    ['1. ¦', '¦'],
    ['> a\n> ¦', '> a\n¦'],
  ])('after the empty item of %j ends it', (before, after) => expect(proceed(before)).toBe(after));

  it.each(['words¦', '¦- one', '-5 degrees¦', '```\n- one¦', '**bold**¦'])('after %j is only a line', (before) =>
    expect(proceed(before)).toBeUndefined(),
  );
});
