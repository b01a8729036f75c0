import { parseQuestion } from './question.ts';

describe('a question', () => {
  it.each([
    ['Who built it?', 'person'],
    ['In what year was it built?', 'time'],
    ['How many men came?', 'number'],
    ['Where is it?', 'place'],
    ['Why did it fall?', 'any'],
    ['Wie viele Stufen hat der Turm?', 'number'],
    ['Qui a construit le phare ?', 'person'],
    ['¿Dónde está el faro?', 'place'],
    ['Когда построен маяк?', 'time'],
    ['Kulenin kaç basamağı var?', 'number'],
    ['谁建造了灯塔？', 'person'],
    ['灯台はいつ建てられましたか？', 'time'],
    ['متى بنيت المنارة؟', 'time'],
    ['मीनार कब बनी?', 'time'],
  ])('%s asks for a %s', (text, expected) => {
    expect(parseQuestion(text).expects).toBe(expected);
  });

  it('keeps words that are small only in another language', () => {
    expect(parseQuestion("Who was Robert's son?").terms.map((term) => term.form)).toEqual(['robert', 'son']);
    expect(parseQuestion('What war did they fight?').terms.map((term) => term.form)).toEqual(['war', 'fight']);
  });

  it('of small words alone still has something to search', () => {
    expect(parseQuestion('What is it?').terms.length).toBeGreaterThan(0);
  });
});
