import type { Mentions } from '@atrium/contracts';

/** What a message is besides its words, as lexemes of the index: its room, its author, what it has, whom it names. */
export const mark = {
  room: (id: string) => `:r:${id}`,
  author: (id: string) => `:a:${id}`,
  has: (what: string) => `:h:${what}`,
  names: (whom: string) => `:m:${whom}`,
};

export function marksOfMentions(mentions: Mentions | null): string[] {
  if (!mentions) return [];
  const groups = (['room', 'here', 'moderators'] as const).filter((group) => mentions[group]);
  return [...mentions.userIds, ...groups].map(mark.names);
}
