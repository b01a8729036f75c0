import { MessageDraft } from './messages/messages.schema.ts';
import { Id, line, nameLine } from './values.ts';

describe('what people type', () => {
  it.each(['a\u0000b', 'half \ud83d', '\udc00 half'])('is refused where it could not be stored as it came: %j', (text) => {
    expect(line(1, 20).safeParse(text).success).toBe(false);
    expect(MessageDraft.safeParse({ body: 'x', clientId: text }).success).toBe(false);
  });

  it('is taken with characters of any plane', () => {
    expect(line(1, 20).parse(' 漢字 🙂 ')).toBe('漢字 🙂');
    expect(MessageDraft.parse({ body: 'x', clientId: '🙂' })).toMatchObject({ clientId: '🙂' });
  });
});

describe('a name', () => {
  it.each(['Ann  Bell', 'Ann\u00a0Bell', 'Ann \u2003\u3000Bell', 'Ann\tBell', 'Ann Bell \u202e '])(
    'has one space between its words: %j',
    (name) => {
      expect(nameLine(1, 20).parse(name)).toBe('Ann Bell');
    },
  );
});

describe('an id', () => {
  it('is the same in capitals, and nothing else is one', () => {
    const id = '01a204a0-a43b-716a-9269-879f06a18988';
    expect(Id.parse(id.toUpperCase())).toBe(id);
    expect(Id.safeParse(`${id}0`).success).toBe(false);
  });
});
