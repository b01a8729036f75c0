import { busyRoom, chatter, wantedPoints } from '../../test/busy-room.ts';
import { extractPoints } from './extract-points.ts';

const points = extractPoints(busyRoom).map(({ sentence }) => sentence);
const tells = (sentence: string, words: readonly string[]) => words.some((word) => sentence.includes(word));

describe('a summary of a busy morning in two languages', () => {
  it('tells in its seven points at least six of the things that somebody who was away wants to know', () => {
    const told = Object.entries(wantedPoints).filter(([, words]) => points.some((sentence) => tells(sentence, words)));
    expect(told.length).toBeGreaterThanOrEqual(6);
  });

  it('spends at most one of them on something else', () => {
    const others = points.filter((sentence) => !Object.values(wantedPoints).some((words) => tells(sentence, words)));
    expect(others.length).toBeLessThanOrEqual(1);
  });

  it('tells what was decided in either language, and what was pinned', () => {
    for (const words of [['no other deploy'], ['Beschlossen: Umzug', 'Vorschlag: Umzug'], ['Incident review']])
      expect(points.some((sentence) => tells(sentence, words))).toBe(true);
  });

  it('leaves out coffee and lunch', () => {
    expect(points.filter((sentence) => chatter.test(sentence))).toEqual([]);
  });
});
