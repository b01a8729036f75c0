import type { Parents, PhrasingContent, Root, RootContent, Text } from 'mdast';
import { findMentions, mayName } from './mention-grammar.ts';
import { parseMarkup } from './parse.ts';

declare module 'mdast' {
  interface EmphasisData {
    /** What was written, where this names somebody. */
    mention?: string;
  }
}

/** The words that call several people. */
export const GROUPS = ['here', 'room', 'moderators'] as const;
export type Group = (typeof GROUPS)[number];

/** Names in what is quoted or linked are talked about, not called; code has no text nodes. */
const SILENT: ReadonlySet<string> = new Set(['blockquote', 'link', 'linkReference', 'image', 'imageReference']);

/**
 * Where a message may name somebody: in its prose, not in code, links or quotes. A text that is shown as written is
 * read as written.
 * @returns the candidates of each place, longest name first; the first that is a group or exists is meant
 */
export function mentionsIn(body: string): string[][] {
  // Most messages name nobody, and reading Markdown costs more than everything else about them.
  if (!mayName(body)) return [];
  const tree = parseMarkup(body);
  if (!tree) return findMentions(body).map(({ candidates }) => candidates);
  const found: string[][] = [];
  eachProse(tree, (text) => {
    found.push(...findMentions(text.value).map(({ candidates }) => candidates));
    return [text];
  });
  return found;
}

/**
 * Marks the mentions of a tree, in place: as emphasis whose data has what was written.
 * @param isNamed whether the message names this name or group
 */
export function markMentions(tree: Root, isNamed: (name: string) => boolean): void {
  eachProse(tree, (text) => markedText(text, isNamed));
}

function markedText(text: Text, isNamed: (name: string) => boolean): RootContent[] {
  const parts: RootContent[] = [];
  let end = 0;
  for (const place of findMentions(text.value)) {
    const name = place.candidates.find(isNamed);
    if (name === undefined) continue;
    if (place.at > end) parts.push({ type: 'text', value: text.value.slice(end, place.at) });
    parts.push(mark(text.value.slice(place.at, place.at + 1 + name.length)));
    end = place.at + 1 + name.length;
  }
  if (end < text.value.length) parts.push({ type: 'text', value: text.value.slice(end) });
  return parts;
}

/** Emphasis by its type, a mention by its data: mdast has no node of its own for one. */
const mark = (mention: string): PhrasingContent => ({ type: 'emphasis', data: { mention }, children: [{ type: 'text', value: mention }] });

function eachProse(parent: Parents, replace: (text: Text) => RootContent[]): void {
  if (SILENT.has(parent.type)) return;
  parent.children = parent.children.flatMap((child) => {
    if (child.type === 'text') return replace(child);
    if ('children' in child) eachProse(child, replace);
    return [child];
  }) as typeof parent.children;
}
