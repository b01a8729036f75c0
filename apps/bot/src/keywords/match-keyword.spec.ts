import { asKeyword, findKeyword, holdingAny, matchKeyword } from './match-keyword.ts';

const answers = [
  { roomId: null, keyword: 'hello', answer: 'hi' },
  { roomId: null, keyword: 'hello bot', answer: 'hi there' },
  { roomId: null, keyword: 'müll', answer: 'Dienstag' },
  { roomId: null, keyword: 'wifi', answer: 'ask the desk' },
  { roomId: null, keyword: 'who is the host', answer: '/status' },
  { roomId: null, keyword: 'how do i upload', answer: 'drop it' },
  { roomId: 'r1', keyword: 'wifi', answer: 'garden / roses' },
  { roomId: null, keyword: 'รหัสผ่าน', answer: 'rose' },
  { roomId: null, keyword: '会议室', answer: 'left' },
  { roomId: null, keyword: 'パスワード', answer: 'rose' },
  { roomId: null, keyword: 'كلمة السر', answer: 'rose' },
  { roomId: null, keyword: 'Straße', answer: 'Gartenweg' },
].map(asKeyword);
const answerTo = (text: string) => matchKeyword(text, answers)?.answer ?? null;

describe('A keyword', () => {
  it.each([
    ['hello', 'hi'],
    ['  Hello!! ', 'hi'],
    ['wifi?', 'garden / roses'],
    ['What is the WiFi?', 'garden / roses'],
    ['hey all, does anyone know the wifi password?', 'garden / roses'],
    ['Is the wifi down again?', 'garden / roses'],
    ['Wann kommt der MÜLL?', 'Dienstag'],
    ['who is the host', '/status'],
    ['Sorry, who is the host of this room?', '/status'],
    ['Morning. Can someone tell me who is the host here?', '/status'],
    ['How do I upload a file?', 'drop it'],
    ['รหัสผ่านคืออะไร?', 'rose'],
    ['会议室在哪里？', 'left'],
    ['パスワードは何ですか？', 'rose'],
    ['ما هي كلمة السر؟', 'rose'],
    ['WIE HEISST DIE STRASSE?', 'Gartenweg'],
  ])('fires on what is asked of the room: %j', (text, answer) => expect(answerTo(text)).toBe(answer));

  it.each([
    ['hello, dear bot', 'hi'],
    ['Bot: hello.', 'hi'],
    ['@bot hello', 'hi'],
    ['hello,  bot', 'hi there'],
    ['@bot the wifi, please', 'garden / roses'],
    ['hey bot, I lost the wifi card', 'garden / roses'],
    ['@bot 会议室在哪里', 'left'],
  ])('fires on what is said to the bot: %j', (text, answer) => expect(answerTo(text)).toBe(answer));

  it.each([
    'who is the host of the party?',
    'Do you know who is the host of that show on channel four?',
    'I asked Ann who is the host.',
    'We moved the wifi router to the hall.',
    'The wifi was slow, so I went home.',
    'say hello to the new pump',
    'hello everyone',
    'Hello @zoe are you there?',
    '@zoe what is the wifi?',
    '@bot hello, this is @zoe',
    'hello @zoe, ask the bot',
    'helloworld',
    'Othello',
    'run `hello` or\n```\nhello\n```',
    'the bot said who is the host',
    '> what is the wifi?\nI do not know either',
    '我们昨天在会议室里谈了很久的项目。',
  ])('is left alone inside what people say to each other: %j', (text) => expect(answerTo(text)).toBeNull());

  it('is found where it stands without firing, for whoever tries it out', () => {
    expect(findKeyword('We moved the wifi router.', answers)?.answer).toBe('garden / roses');
    expect(findKeyword('We moved the router.', answers)).toBeNull();
  });
});

describe('What tells at a glance whether a text may hold a keyword', () => {
  const mayHold = holdingAny(answers);

  it.each(['Hello!', 'well,wifi…', 'Wann kommt der MÜLL?', 'Mu\u0308ll', 'ｗｉｆｉ', 'say\nhello\tto `this`'])('lets %j through', (text) =>
    expect(mayHold(text)).toBe(true),
  );

  it('lets nothing through that holds no word of a keyword, and nothing at all without keywords', () => {
    expect(mayHold('the build fails on the second machine')).toBe(false);
    expect(holdingAny([])('hello')).toBe(false);
    expect(holdingAny([asKeyword({ keyword: '???', answer: 'x' })])('anything')).toBe(false);
  });
});
