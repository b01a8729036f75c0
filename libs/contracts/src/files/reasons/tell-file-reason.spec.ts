import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { REASON_WORDS } from './reason-words.ts';
import { tellFileReason } from './tell-file-reason.ts';

const FILES = join(import.meta.dirname, '../../../../../apps/files/src');
const REASON =
  /(?:new (?:Unreadable|BeyondLimits)\((?:'\w+', )?|missing: |reason: |inVain\(file, 'failed', |(?:PROTECTED|BYTES_GONE|WAITS|TOO_LARGE) = )(['`])([A-Z].*?[.])\1/g;
/** What stands for what is put in. */
const filled = (reason: string): string =>
  reason
    .replace('${why}', 'it needs more memory than a file may take')
    .replace(/\$\{limit\}|\$\{[\w.]*(?:LIMITS|length)[\w.]*\}/g, '5,000');

const reasons = new Set(
  readdirSync(FILES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('spec'))
    .flatMap((name) => [...readFileSync(join(FILES, name), 'utf8').matchAll(REASON)].map(([, , reason]) => filled(reason!)))
    // Lists of pages, which are told below.
    .filter((reason) => !reason.includes('${')),
);

describe('why a file is not read', () => {
  it('is told for whatever reason the service of files gives', () => {
    expect(reasons.size).toBeGreaterThan(40);
    expect([...reasons].filter((reason) => tellFileReason(reason, 'en') === undefined)).toEqual([]);
  });

  it.each([
    [
      'This is a file of the type application/x-foo, and its text cannot be read here. It can still be downloaded.',
      'Text is not read from this kind of file. It can still be downloaded.',
    ],
    [
      'What was read before is kept: trying again failed. The file could not be read: it takes longer than 60 seconds.',
      'What was read before is kept: trying again failed. The file could not be read: it takes longer than 60 seconds.',
    ],
    [
      'Only the first 1 pages were read: it is damaged in a way that stops the reader.',
      'Only the first page was read: it is damaged in a way that stops the reader.',
    ],
    [
      'Some pages could not be read: 2, 7 and more. Only the first 20000 pages were read.',
      'Some pages could not be read: 2, 7 and more. Only the first 20,000 pages were read.',
    ],
    [
      'A virus was found in it: Eicar.Test. It is neither read nor handed out. Delete it, and check where it came from.',
      'A virus was found in it: Eicar.Test. It is neither read nor handed out. Delete it, and check where it came from.',
    ],
    ['Board minutes.doc is damaged and was left out.', 'Board minutes.doc is damaged and was left out.'],
  ])('is told sentence by sentence: %s', (reason, told) => expect(tellFileReason(reason, 'en')).toBe(told));

  it('is not told at all where a part of it is not known', () => {
    expect(tellFileReason('The file is empty. It rains.', 'de')).toBeUndefined();
  });

  it('is told in German and Vietnamese, with numbers as they are written there', () => {
    const reason = 'Some pages could not be read: 2, 7. Only the first 20000 pages were read: it takes longer than 60 seconds.';
    expect(tellFileReason(reason, 'de')).toBe(
      'Einige Seiten konnten nicht gelesen werden: 2, 7. Nur die ersten 20.000 Seiten wurden gelesen: es dauert länger als 60 Sekunden.',
    );
    expect(tellFileReason(reason, 'vi')).toBe('Một số trang không đọc được: 2, 7. Chỉ 20.000 trang đầu được đọc: mất hơn 60 giây.');
  });

  it('puts the same into its words in every language', () => {
    const places = (words: string) => (words.match(/\{\d\}/g) ?? []).toSorted();
    for (const [english, others] of Object.entries(REASON_WORDS)) expect(others.map(places)).toEqual(others.map(() => places(english)));
  });
});
