import { AtriumError } from '@atrium/client';
import { i18n } from './i18n.ts';

/** What goes wrong, in a language that is not the server's: loaded with the catalogue of that language. */
type Words = {
  ofProblem(error: AtriumError): string | undefined;
  ofField(message: string): string | undefined;
  ofFileReason(reason: string): string | undefined;
};
let words: Words | undefined;
export const speakOfProblems = (by: Words): void => void (words = by);

/** What went wrong, for a person: in the server's own words where they read English, or where there are no others for it. */
export function problemText(thrown: unknown): string {
  const error = AtriumError.from(thrown);
  return (i18n.locale === 'en' ? undefined : words?.ofProblem(error)) ?? error.detail;
}

/** What is wrong with one field of a form. */
export const fieldText = (message: string): string => (i18n.locale === 'en' ? undefined : words?.ofField(message)) ?? message;

/** Why a file is as it is; undefined where nothing is said of it that its reader would understand. */
export const fileReasonText = (reason: string | undefined): string | undefined =>
  reason === undefined || i18n.locale === 'en' ? reason : words?.ofFileReason(reason);
