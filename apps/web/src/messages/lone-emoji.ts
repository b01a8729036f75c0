const LONE = new RegExp('^(?:\\p{RGI_Emoji}\\s*){1,6}$', 'v');

/** Whether a message is nothing but a few emoji, which are shown large. */
export const isLoneEmoji = (text: string): boolean => LONE.test(text.trim());
