import type { Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { isCostly } from './cost.ts';
import { writtenIn } from './written.ts';

/** What a message was read as. */
export type MarkupTree = Root;
/** A part of it, of whatever kind. */
export type MarkupNode = RootContent;

/** Made once: reading a message would make them each time. */
const OPTIONS = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };

/**
 * Reads a message: CommonMark with tables, task lists, strike-through, footnotes and bare links.
 * @returns the mdast tree (https://github.com/syntax-tree/mdast), or `undefined` for a text that is shown as written
 *   because reading it would take too long
 */
export function parseMarkup(text: string): MarkupTree | undefined {
  if (isCostly(text)) return undefined;
  return fromMarkdown(writtenIn(text), OPTIONS);
}
