/** Two slashes before what would be a command with one. A path on another machine and the comment of a program are none. */
const TAKEN_BACK = /^(\s*)\/(?=\/[a-z][a-z0-9_-]{0,31}(?:\s|$))/i;

/** What a body says as Markdown: `//help` is how one writes the words "/help", since `/help` is a command. */
export const writtenIn = (body: string): string => body.replace(TAKEN_BACK, '$1');
