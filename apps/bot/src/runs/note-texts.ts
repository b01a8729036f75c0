/** After so long who asked hears that the answer is being made. */
export const WORKING_AFTER_MS = 3000;

/** What a note says while its answer is being made. */
export const WORKING = { body: 'Working on it…', working: true } as const;

/** What a note says once its answer is a message. */
export const isThere = ({ roomId, seq }: { roomId: string; seq: number }) => ({
  body: 'The answer is in the room.',
  links: [{ label: 'Jump to it', href: `/rooms/${roomId}?at=${seq}` }],
});

/** What was written, inside a code span, on one line. */
export const inCode = (text: string): string => text.replace(/`/g, 'ˋ').replace(/\s+/g, ' ').slice(0, 200);
