import type { History, Stored } from '../history.ts';
import type { Violation } from './violation.ts';

const UNFINISHED = ['stored', 'queued', 'extracting'];
const WELCOME = 100;

/** Files have the same end everywhere; credits were spent on what was answered, and on nothing twice. */
export function checkFilesAndCredits(history: History, stored: Stored): Violation[] {
  const violations: Violation[] = [];
  const files = new Map(stored.files.map((file) => [file.id, file]));
  for (const { fileId, status } of history.uploads) {
    const file = files.get(fileId);
    const states = [status, file?.status, file?.copied, file?.told];
    if (!file) violations.push({ check: 'uploads-kept', says: `file ${fileId} was taken and is gone` });
    else if (new Set(states).size > 1)
      violations.push({
        check: 'files-equal',
        says: `file ${fileId} is ${states.join(', ')} for the API, the service, messages and the log`,
      });
    else if (UNFINISHED.includes(file.status)) violations.push({ check: 'files-end', says: `file ${fileId} is still ${file.status}` });
  }
  for (const { userId, balance, spent } of stored.credits) {
    const answered = history.asked.filter((asked) => asked.userId === userId);
    const owed = answered.reduce((sum, { cost }) => sum + cost, 0);
    if (balance !== WELCOME - spent)
      violations.push({ check: 'credits-sum', says: `${userId} has ${balance} credits after spending ${spent} of ${WELCOME}` });
    if (spent > owed) violations.push({ check: 'credits-for-answers', says: `${userId} paid ${spent} for answers that cost ${owed}` });
  }
  return violations;
}
