export * from './mention-grammar.ts';
export * from './mentions.ts';
export * from './parse.ts';
export { isPlain } from './plain.ts';
export { showsNothing } from './visible.ts';
export { wordsOf, wordsOfMessage } from './words.ts';
