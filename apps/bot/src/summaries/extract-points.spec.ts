import { extractPoints, pointCount, type SummaryMessage } from './extract-points.ts';
import { releaseRoom } from '../../test/release-room.ts';
import { sentencesOf, termsOf } from './sentences.ts';

const said = (...bodies: string[]): SummaryMessage[] =>
  bodies.map((body, index) => ({
    seq: index + 1,
    authorId: 'ann',
    body,
    replyCount: 0,
    reactions: 0,
    files: 0,
    pinned: false,
    namesSomebody: false,
    namesAsker: false,
  }));
const seqs = (messages: SummaryMessage[]) => extractPoints(messages).map((point) => point.seq);

const talk = [
  'morning all',
  'The database migration failed on staging last night.',
  'lol',
  'We decided to move the release to Friday because of the migration.',
  'ok',
  'nice',
  'Who can review the database migration before Friday?',
  'me too',
  'brb',
  'The cat picture of the day is in the kitchen.',
];

describe('a summary', () => {
  it('of few messages has them all', () => {
    expect(seqs(said('one', 'two', 'three'))).toEqual([1, 2, 3]);
    expect(extractPoints([])).toEqual([]);
  });

  it('of many picks what matters, in the order it was said', () => {
    const points = seqs(said(...talk));
    expect(points).toHaveLength(pointCount(talk.length));
    expect(points).toEqual(expect.arrayContaining([2, 4, 7]));
    expect(points).toEqual([...points].sort((a, b) => a - b));
  });

  it('quotes word for word', () => {
    const text = talk.join('\n');
    for (const { sentence } of extractPoints(said(...talk))) expect(text).toContain(sentence);
  });

  it('does not say the same twice', () => {
    expect(seqs(said('Ship it on Friday!', 'ship it on friday', 'Ship it on Friday.'))).toEqual([1]);
  });

  it('prefers what was pinned, answered, or names the asker', () => {
    const filler = Array.from({ length: 30 }, (_, index) => `remark number ${'x'.repeat(index + 1)} about something else`);
    const messages = said(...filler).map((message) => ({ ...message, pinned: message.seq === 9, namesAsker: message.seq === 21 }));
    expect(seqs(messages)).toEqual(expect.arrayContaining([9, 21]));
  });

  it('has seven points of what says little, however long it was, and at most ten of what says much', () => {
    expect(seqs(said(...Array.from({ length: 400 }, (_, index) => `topic${index} is new`)))).toHaveLength(7);
    const decisions = Array.from(
      { length: 400 },
      (_, index) => `We decided that topic${index} moves on day ${index} to building${index} north`,
    );
    expect(seqs(said(...decisions))).toHaveLength(10);
  });

  it('tells what was done about trouble beside the trouble, word for word', () => {
    const points = extractPoints(releaseRoom);
    const outcomeOf = (words: string) => points.find(({ sentence }) => sentence.includes(words))?.outcome;
    expect(outcomeOf('staging server has been down')).toEqual({
      seq: 35,
      authorId: 'dan',
      sentence: 'The disk was full of old images; I deleted them and set up a weekly prune.',
    });
    expect(outcomeOf('timeout of the SMTP client')?.sentence).toBe('I rolled the timeout back to 60 seconds, deployed at 11:20.');
    expect(outcomeOf('4.2 release is planned')).toBeUndefined();
  });

  it('takes nothing for the end of trouble that does not speak of it', () => {
    const talk = said('Problem: the printer on the second floor is down since noon.', 'I fixed my bike', 'Is the printer fixed?', 'ok');
    expect(extractPoints(talk).find(({ seq }) => seq === 1)).not.toHaveProperty('outcome');
  });
});

describe('the sentences that a summary takes from a message', () => {
  it('leave out code, quotes of others and marks', () => {
    expect(sentencesOf('> said before\n- First point. Second one!\n```\ncode\n```\nsee [the page](https://x.org)')).toEqual([
      'First point.',
      'Second one!',
      'see the page',
    ]);
  });

  it('go on after the number of a day', () => {
    expect(sentencesOf('Umzug in der Nacht vom 6. auf den 7. Dezember. Danach Pause.')).toEqual([
      'Umzug in der Nacht vom 6. auf den 7. Dezember.',
      'Danach Pause.',
    ]);
  });

  it('are cut at a word when they are long', () => {
    const [sentence = ''] = sentencesOf('word '.repeat(200));
    expect(sentence.length).toBeLessThanOrEqual(240);
    expect(sentence).toMatch(/word…$/);
  });

  it('show a link by its words, brackets in its address or not', () => {
    expect(sentencesOf('see [the page](https://x.org/a_(b)) and ![a cat](c)')).toEqual(['see the page and a cat']);
  });

  // A summary reads 500 messages in one go: at a tenth of a second each, nobody else is answered for a minute.
  it.each(['[', '![', '[a](', '> ', '# '])('are found in time that grows with the length alone, in messages of nothing but %j', (unit) => {
    const body = unit.repeat(10_000 / unit.length);
    const before = performance.now();
    for (let message = 0; message < 100; message += 1) sentencesOf(body);
    expect(performance.now() - before).toBeLessThan(3000);
  });

  it('have terms in any script', () => {
    expect(termsOf('The Release is on Friday')).toEqual(['release', 'friday']);
    expect(termsOf('我们星期五发布').length).toBeGreaterThan(0);
  });
});
