const CHARACTERS = 2400;
const LINES = 32;

/** Whether a message would fill the screen by itself; one a little over the fold is shown whole. */
export const isLong = (text: string): boolean => text.length > CHARACTERS || text.split('\n', LINES + 1).length > LINES;
