import { plainText } from '../commands/plain-text.ts';
import { i18n } from '../words/words.ts';

/** After so long who asked hears that the answer is being made. */
export const WORKING_AFTER_MS = 3000;

/** What a note says where the bot may not answer. */
export const off = () => i18n.t('The bot is off in this room: it answers nothing until a moderator switches it on again.');

/** What a note says while its answer is being made. */
export const working = () => ({ body: i18n.t('Working on it…'), working: true });

/** What a note says once its answer is a message. */
export const isThere = ({ roomId, seq }: { roomId: string; seq: number }) => ({
  body: i18n.t('The answer is in the room.'),
  links: [{ label: i18n.t('Jump to it'), href: `/rooms/${roomId}?at=${seq}` }],
});

/** Who had the bot say something to the room, above what it says. */
export const askedBy = (displayName: string, text: string): string =>
  i18n.t('{name} asked {command}', { name: plainText(displayName), command: `\`${inCode(text)}\`` });

/** What was written, inside a code span, on one line. */
const inCode = (text: string): string => text.replace(/`/g, 'ˋ').replace(/\s+/g, ' ').slice(0, 200);
