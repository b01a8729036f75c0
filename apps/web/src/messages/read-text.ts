import { hasInk } from '@atrium/contracts';
import { type MarkupTree, isPlain, markMentions, parseMarkup, showsNothing, wordsOfMessage } from '@atrium/markup';
import { attachmentLayout } from './attachment-layout.ts';
import type { IsNamed } from './named.ts';

/** A message as a tree with its mentions marked; undefined for one that is shown as it was written. */
export function readText(text: string, isNamed: IsNamed, ofProgram = false): MarkupTree | undefined {
  if (isPlain(text)) return undefined;
  const tree = parseMarkup(text);
  if (!tree || showsNothing(tree, hasInk)) return undefined;
  markMentions(tree, isNamed);
  if (ofProgram) attachmentLayout(tree);
  return tree;
}

const LONE = new RegExp('^(?:\\p{RGI_Emoji}\\s*){1,6}$', 'v');

/** Whether a message is nothing but a few emoji, which are shown large. */
export const isLoneEmoji = (text: string): boolean => LONE.test(text.trim());

/** More than any line that tells of a message has space for. */
const MOST = 400;

/** How a message begins, without its markup, for one line. */
export const firstWords = (body: string): string => wordsOfMessage(body.slice(0, MOST), hasInk);
