import { hasInk } from '@atrium/contracts';
import { wordsOfMessage } from '@atrium/markup';

/** More than any line that tells of a message has space for. */
const MOST = 400;

/** How a message begins, without its markup, for one line. */
export const firstWords = (body: string): string => wordsOfMessage(body.slice(0, MOST), hasInk);
