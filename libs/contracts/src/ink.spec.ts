import { hasInk } from './ink.ts';
import { MessageDraft } from './messages/messages.schema.ts';
import { FileName } from './files/files.schema.ts';
import { line, prose } from './values.ts';

const inkless = {
  'zero-width space': '\u200b',
  'zero-width joiner': '\u200d',
  'word joiner': '\u2060',
  'byte order mark': '\ufeff',
  'soft hyphen': '\u00ad',
  'right-to-left mark': '\u200f',
  'right-to-left override': '\u202e',
  'isolate without an end': '\u2067',
  'Arabic letter mark': '\u061c',
  'Hangul filler': '\u3164',
  'half-width Hangul filler': '\uffa0',
  'Hangul initial filler': '\u115f',
  'braille blank': '\u2800',
  'variation selector': '\ufe0f',
  'combining grapheme joiner': '\u034f',
  'Mongolian vowel separator': '\u180e',
  'object replacement character': '\ufffc',
  'tag characters': '\u{e0041}\u{e007f}',
  'ideographic and no-break spaces': '\u3000\u00a0\u202f',
  'control characters': '\u0001\u0007\u009f',
  'several of them': ' \u200b\n\u3164\u2800 ',
};

describe('a text without a visible character', () => {
  it.each(Object.entries(inkless))('is empty as a body and as a name: %s', (_kind, text) => {
    expect(hasInk(text)).toBe(false);
    expect(MessageDraft.parse({ body: text }).body).toBe('');
    expect(prose(1, 20).safeParse(text).success).toBe(false);
    expect(line(1, 20).safeParse(text).success).toBe(false);
    expect(prose(0, 20).parse(text)).toBe('');
  });

  it.each(['a', '👍', '👩‍👩‍👧', '.', '​x', 'नमस्ते', '﷽', '�', '\ue000'])('is not one like %j', (text) => {
    expect(hasInk(text)).toBe(true);
    expect(MessageDraft.parse({ body: text }).body).toBe(text.trim());
  });
});

describe('a single line', () => {
  it.each(['first\nsecond', 'first\r\nsecond', 'a\u2028b', 'a\u0085b', 'a\vb'])('is refused with a line break inside: %j', (text) => {
    expect(line(1, 80).safeParse(text).error?.issues[0]?.message).toBe('must be a single line');
  });

  it('loses control characters and marks that turn the direction of writing', () => {
    expect(line(1, 80).parse('gpj\u202e.exe')).toBe('gpj.exe');
    expect(line(1, 80).parse('\u2066Ann\u2069\u0007 Lee')).toBe('Ann Lee');
    expect(line(1, 80).parse('Ann\tLee')).toBe('Ann Lee');
  });

  it('keeps the joiners that emoji and scripts are made of', () => {
    expect(line(1, 80).parse('👩‍💻 می‌خواهم')).toBe('👩‍💻 می‌خواهم');
  });

  it('takes the name of a file with line breaks as one line, so that the file is not refused for it', () => {
    expect(FileName.parse('plan\r\n2026.pdf')).toBe('plan  2026.pdf');
  });
});
