import { AtriumError } from '@atrium/client';
import { ERROR_CODES } from '@atrium/contracts';
import { tellFileReason } from './file-reasons.ts';
import { i18n } from './i18n.ts';
import { messageId } from './message-id.ts';
import { fieldText, fileReasonText, problemText, speakOfProblems } from './problem-text.ts';
import * as problems from './problems.ts';

const problem = (code: (typeof ERROR_CODES)[number], more: object = {}) =>
  new AtriumError({ code, status: 400, detail: 'In the words of the server.', ...more });

describe('What went wrong', () => {
  beforeEach(() => {
    speakOfProblems({ ...problems, ofFileReason: (reason) => tellFileReason(reason, i18n.locale) });
    i18n.load('de', {
      [messageId('The room is full.')]: 'Der Raum ist voll.',
      [messageId('must not be empty')]: 'darf nicht leer sein',
    });
  });
  afterEach(() => i18n.activate('en'));

  it('is told in the words of the server where English is read', () => {
    expect([problemText(problem('room_full')), fieldText('must not be empty')]).toEqual([
      'In the words of the server.',
      'must not be empty',
    ]);
  });

  it('is told by its code in another language', () => {
    i18n.activate('de');
    expect([problemText(problem('room_full')), fieldText('must not be empty')]).toEqual(['Der Raum ist voll.', 'darf nicht leer sein']);
    expect(problemText(problem('slow_mode', { retryAfterSeconds: 4.2 }))).toMatch(/\b5\b/);
    expect(problemText(problem('file_too_large', { data: { maxBytes: 104_857_600 } }))).toMatch(/\b100 MiB/);
    expect(fieldText('must have at least 8 characters')).toMatch(/\b8\b/);
  });

  it('is told of a file by its reason, and not at all where that is not known', () => {
    expect(fileReasonText('The file is empty.')).toBe('The file is empty.');
    i18n.activate('de');
    expect([fileReasonText('The file is empty.'), fileReasonText('It rains.')]).toEqual(['Die Datei ist leer.', undefined]);
  });

  it('is told in the words of the server where the code alone says too little', () => {
    i18n.activate('de');
    expect(problemText(problem('unknown_command'))).toBe('In the words of the server.');
    expect(problemText(problem('validation_failed'))).toBe('In the words of the server.');
    expect(fieldText('must be something new')).toBe('must be something new');
  });
});
