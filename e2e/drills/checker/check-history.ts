import type { History, Stored } from '../history.ts';
import { checkFilesAndCredits } from './files-and-credits.ts';
import { checkPeople } from './people.ts';
import { checkSends } from './sends.ts';
import { checkViews } from './views.ts';
import type { Violation } from './violation.ts';

/** What the people of a drill were promised, held against what is stored. */
export function checkHistory(history: History, stored: Stored): Violation[] {
  const gaveUp = history.failures.map((says) => ({ check: 'nothing-given-up', says }));
  return [
    ...gaveUp,
    ...checkSends(history, stored),
    ...checkViews(history, stored),
    ...checkPeople(history, stored),
    ...checkFilesAndCredits(history, stored),
  ];
}
