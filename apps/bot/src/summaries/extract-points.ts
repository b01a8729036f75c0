import { sentencesOf, termsOf } from './sentences.ts';

/** A message as the summary sees it. */
export type SummaryMessage = {
  seq: number;
  authorId: string;
  body: string;
  replyCount: number;
  pinned: boolean;
  /** Names the person who asked for the summary. */
  namesAsker: boolean;
};
export type Point = { seq: number; authorId: string; sentence: string };

type Candidate = Point & { terms: string[]; weight: number };

/** Words that announce a decision, a date or a task, in the languages we know. */
const CUES =
  /\b(decid\w+|agreed?|deadline|due|todo|action|must|need(s|ed)? to|plan\w*|release\w*|launch\w*|ship\w*|fix\w*|broken|fail\w*|urgent|important|please|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|beschlossen|entschieden|vereinbart|frist|bis (morgen|montag|freitag)|bitte|wichtig|dringend|morgen)\b/iu;

/** How many points a summary of so many messages has. */
export const pointCount = (messages: number): number => (messages <= 3 ? messages : Math.min(7, Math.ceil(2 + messages / 5)));

/**
 * Picks the sentences that say most, at most one per message, in the order they were said. A sentence scores by how
 * much of the conversation uses its words; once it is picked, its words count for less, so that the next pick tells
 * something else (the SumBasic idea). Decisions, questions, pins, replies and the asker's own name add to a score.
 */
export function extractPoints(messages: readonly SummaryMessage[]): Point[] {
  const candidates = messages.flatMap(candidatesOf);
  const termWeights = weighTerms(candidates);
  const picked = new Map<number, Candidate>();
  const said = new Set<string>();
  const wanted = pointCount(messages.length);
  while (picked.size < wanted) {
    const open = candidates.filter((it) => !picked.has(it.seq) && !said.has(sameness(it.sentence)));
    const best = highest(open, (it) => score(it, termWeights));
    if (!best) break;
    picked.set(best.seq, best);
    said.add(sameness(best.sentence));
    for (const term of new Set(best.terms)) termWeights.set(term, (termWeights.get(term) ?? 0) ** 2);
  }
  return [...picked.values()].sort((a, b) => a.seq - b.seq).map(({ seq, authorId, sentence }) => ({ seq, authorId, sentence }));
}

function candidatesOf(message: SummaryMessage): Candidate[] {
  const ofMessage = 0.4 * Number(message.pinned) + 0.3 * Number(message.namesAsker) + 0.1 * Math.min(message.replyCount, 3);
  return sentencesOf(message.body).map((sentence) => ({
    seq: message.seq,
    authorId: message.authorId,
    sentence,
    terms: termsOf(sentence),
    weight: ofMessage + 0.3 * Number(CUES.test(sentence)) + 0.15 * Number(/[?？]\s*$/.test(sentence)) + 0.1 * Number(/\d/.test(sentence)),
  }));
}

/** The share of messages that use a term. */
function weighTerms(candidates: readonly Candidate[]): Map<string, number> {
  const usedBy = new Map<string, Set<number>>();
  for (const { seq, terms } of candidates) {
    for (const term of terms) usedBy.set(term, (usedBy.get(term) ?? new Set()).add(seq));
  }
  const total = new Set(candidates.map((it) => it.seq)).size || 1;
  return new Map([...usedBy].map(([term, seqs]) => [term, seqs.size / total]));
}

function score({ terms, weight }: Candidate, termWeights: ReadonlyMap<string, number>): number {
  if (terms.length === 0) return weight / 10;
  const average = terms.reduce((sum, term) => sum + (termWeights.get(term) ?? 0), 0) / terms.length;
  // "Yes, Friday" repeats common words and tells little.
  const substance = Math.min(1, terms.length / 5);
  return (average + weight) * (0.3 + 0.7 * substance);
}

function highest<T>(items: readonly T[], rank: (item: T) => number): T | undefined {
  let best: T | undefined;
  let bestRank = -Infinity;
  for (const item of items) {
    const itemRank = rank(item);
    if (itemRank > bestRank) [best, bestRank] = [item, itemRank];
  }
  return best;
}

const sameness = (sentence: string): string =>
  sentence
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
