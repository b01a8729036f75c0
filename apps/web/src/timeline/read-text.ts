import { hasInk } from '@atrium/contracts';
import { isPlain, markMentions, parseMarkup, showsNothing } from '@atrium/markup';
import type { MarkupTree } from './markdown.tsx';
import type { IsNamed } from './named.ts';

/** A message as a tree with its mentions marked; undefined for one that is shown as it was written. */
export function readText(text: string, isNamed: IsNamed): MarkupTree | undefined {
  if (isPlain(text)) return undefined;
  const tree = parseMarkup(text);
  if (!tree || showsNothing(tree, hasInk)) return undefined;
  markMentions(tree, isNamed);
  return tree;
}
