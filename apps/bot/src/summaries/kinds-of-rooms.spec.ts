import { chatterOfDesign, designRoom, wantedOfDesign } from '../../test/design-room.ts';
import { chatterOfIncident, incidentRoom, wantedOfIncident } from '../../test/incident-room.ts';
import { chatterOfThreeLanguages, threeLanguagesRoom, wantedOfThreeLanguages } from '../../test/three-languages-room.ts';
import { extractPoints } from './extract-points.ts';

const KINDS = [
  { kind: 'an incident', room: incidentRoom, wanted: wantedOfIncident, chatter: chatterOfIncident, least: 7 },
  { kind: 'a debate about a design', room: designRoom, wanted: wantedOfDesign, chatter: chatterOfDesign, least: 6 },
  {
    kind: 'a plan made in three languages',
    room: threeLanguagesRoom,
    wanted: wantedOfThreeLanguages,
    chatter: chatterOfThreeLanguages,
    least: 7,
  },
];

describe.each(KINDS)('a summary of $kind', ({ room, wanted, chatter, least }) => {
  const points = extractPoints(room).map(({ sentence }) => sentence);
  const tells = (words: readonly string[]) => points.some((sentence) => words.some((word) => sentence.includes(word)));

  it('tells most of what somebody who comes late would list, and nothing else', () => {
    expect(Object.values(wanted).filter(tells).length).toBeGreaterThanOrEqual(least);
    const others = points.filter((sentence) => !Object.values(wanted).some((words) => words.some((word) => sentence.includes(word))));
    expect(others).toEqual([]);
  });

  it('leaves chatter out', () => {
    expect(points.filter((sentence) => chatter.test(sentence))).toEqual([]);
  });
});

describe('a summary', () => {
  it('tells the cause that was found, and not what was guessed before', () => {
    const points = extractPoints(incidentRoom).map(({ sentence }) => sentence);
    expect(points.some((sentence) => sentence.includes('certificate expired'))).toBe(true);
    expect(points.some((sentence) => sentence.includes('could be the deploy'))).toBe(false);
  });

  it('tells what was given up, in whatever language it was said', () => {
    expect(
      extractPoints(threeLanguagesRoom)
        .map(({ sentence }) => sentence)
        .join(),
    ).toContain('annuler la version tablette');
  });

  it('prefers the decision to an assent that leans on it', () => {
    const points = extractPoints(designRoom).map(({ sentence }) => sentence);
    expect(points.some((sentence) => sentence.startsWith('Decision: files go to S3'))).toBe(true);
    expect(points).not.toContain('ok, until tomorrow evening');
  });
});
