import { outcomeOf } from './outcomes.ts';
import type { Candidate, Said } from './said.ts';
import { sentencesOf, termsOf } from './sentences.ts';
import { answersIn, type Answers } from './answers.ts';
import { words } from './words.ts';

/** A message as the summary sees it. */
export type SummaryMessage = {
  seq: number;
  authorId: string;
  body: string;
  replyCount: number;
  /** How many reactions it has. */
  reactions: number;
  /** How many files. */
  files: number;
  pinned: boolean;
  /** Names a person or a group. */
  namesSomebody: boolean;
  /** Names the person who asked for the summary. */
  namesAsker: boolean;
};
/** What somebody said, and what became of it, where that was said close by. */
export type Point = Said & { outcome?: Said };

/** Words that announce what was settled or is owed, in the languages we know. */
const SETTLED = words(`
  decid\\p{L}* decision\\p{L}* agreed? approved? deadline due todo must fixed released? launch\\p{L}* cancel\\p{L}* postpon\\p{L}* until
  freeze moved?_to move_it_to promised?
  beschl\\p{L}* entsch\\p{L}* vereinb\\p{L}* abgemacht genehmigt frist termin spätestens müssen muss vorschlag verschoben abgesagt
  décid\\p{L}* décision approuv\\p{L}* échéance faut doit doivent annul\\p{L}* reporté\\p{L}*
  decidi\\p{L}* acord\\p{L}* aprobad\\p{L}* plazo debe\\p{L}* cancelad\\p{L}* aplazad\\p{L}*
`);
/** Words that say outright that something was decided, or will not be after all: nobody wants to have missed it. */
const DECIDED = words(`
  decided decisions? agreed approved cancell?ed postponed
  beschlossen entschieden entscheidung vereinbart abgesagt verschoben
  décidé\\p{L}* décision annul\\p{L}* reporté\\p{L}*
  decidido decisión acordado cancelad\\p{L}* aplazad\\p{L}*
`);
/** Words that say that something is asked for, went wrong, or comes at a time. */
const MATTERS = words(`
  needs? please can could problem\\p{L}* failed fails failure broken urgent important plan\\p{L}* ship\\p{L}* tomorrow tonight today
  monday tuesday wednesday thursday friday saturday sunday
  bitte wichtig dringend kaputt ausfall fehler morgen heute montag dienstag mittwoch donnerstag freitag samstag sonntag
  urgente? important[ea]? demain aujourd mañana hoy lundi mardi mercredi jeudi vendredi lunes martes miércoles jueves viernes
`);
/** Words that say why something is as it is, or what it came to. */
const EXPLAINS = words(`
  because cause[sd]? caused reason turns? expired outage down resolved recovered broke revert\\p{L}* measured means
  weil ursache grund liegt lag abgelaufen ausgefallen behoben gemessen bedeutet
  parce cause raison expiré\\p{L}* panne résolu\\p{L}* mesuré\\p{L}*
  porque causa motivo caducad\\p{L}* caído resuelt\\p{L}* medido
`);
/** A question to somebody asks them to do something; others guess or wonder. */
const ASKED_OF_SOMEBODY = /(?<!\p{L})(you|du|ihr|sie|kannst|könnt|könntest|tu|vous|peux|pouvez|tú|usted|puedes|podéis)(?!\p{L})/iu;
/** An answer to what was said before, which says little without it. */
const ASSENT = /^(ok(ay)?|yes|yep|no|sure|fair|true|exactly|ja|nein|genau|klar|oui|non|d'accord|sí|vale)(?![\p{L}.!])/iu;
/** Dates, times, amounts: what one looks up later. */
const FIGURE = /\p{N}/u;
/** Those that stand for a day, a time, an amount of something. */
const MEASURE = /\p{N}{1,2}:\p{N}{2}|\p{N}{1,4}([./-])\p{N}{1,2}\1|\p{N}\s?(?:\p{Sc}|%|[kmg]?[wbgl]\b|[ckm]?m\b)|\p{Sc}\s?\p{N}/iu;
const LINK = /https?:\/\//;
/** A topic is talked about in one place: what was said around a point is told by it. */
const NEAR = 6;

/** So many points are read at a glance; what comes on top has to be worth it. */
const FEW = 7;
const MOST = 10;
/** How many points a summary of so many messages has at most. */
export function pointCount(messages: number): number {
  if (messages <= 3) return messages;
  return messages <= 25 ? Math.ceil(2 + messages / 5) : Math.min(MOST, FEW + Math.floor((messages - 25) / 15));
}
/** A decision or a task, in a whole sentence. */
const saysMuch = ({ weight, leans, terms }: Candidate): boolean => weight >= 0.4 && !leans && terms.length >= 6;
/** Trouble that was seen to. */
const hasEnd = (it: Candidate, all: readonly Candidate[]): boolean => it.weight >= 0.3 && outcomeOf(it, all, () => false) !== undefined;

/**
 * Picks the sentences that say most, at most one per message, in the order they were said. A sentence scores by how
 * much of the conversation uses its words; once it is picked, its words count for less, so that the next pick tells
 * something else (the SumBasic idea), as does what is said close to it. What people did with a message adds to a score in
 * any language: pins, replies, reactions, names, files, links, figures, questions with their answers. Words of decisions,
 * tasks and causes add a little in those we know; a question that asks nothing of anybody adds little.
 */
export function extractPoints(messages: readonly SummaryMessage[]): Point[] {
  const candidates = withAnswers(messages.flatMap(candidatesOf));
  const termWeights = weighTerms(candidates);
  const picked = new Map<number, Candidate>();
  const said = new Set<string>();
  const wanted = pointCount(messages.length);
  while (picked.size < wanted) {
    const open = candidates.filter(
      (it) => !picked.has(it.seq) && !said.has(sameness(it.sentence)) && (picked.size < FEW || saysMuch(it) || hasEnd(it, candidates)),
    );
    const best = highest(open, (it) => score(it, termWeights) * novelty(it, [...picked.values()]));
    if (!best) break;
    picked.set(best.seq, best);
    said.add(sameness(best.sentence));
    for (const term of new Set(best.terms)) termWeights.set(term, (termWeights.get(term) ?? 0) ** 2);
  }
  for (const point of [...picked.values()]) {
    // Trouble is told with its end, not the end alone.
    const trouble = candidates.find((it) => !picked.has(it.seq) && outcomeOf(it, candidates, () => false) === point);
    if (!trouble) continue;
    picked.delete(point.seq);
    picked.set(trouble.seq, trouble);
  }
  const told = (seq: number): boolean => picked.has(seq);
  return [...picked.values()].sort((a, b) => a.seq - b.seq).map((point) => withOutcome(point, outcomeOf(point, candidates, told)));
}

function withOutcome(point: Candidate, outcome: Candidate | undefined): Point {
  const said = ({ seq, authorId, sentence }: Candidate): Said => ({ seq, authorId, sentence });
  return { ...said(point), ...(outcome && { outcome: said(outcome) }) };
}

function candidatesOf(message: SummaryMessage): Candidate[] {
  const ofMessage = weightOfMessage(message);
  return sentencesOf(message.body).map((sentence) => ({
    seq: message.seq,
    authorId: message.authorId,
    sentence,
    terms: termsOf(sentence),
    leans: ASSENT.test(sentence),
    weight: ofMessage + weightOf(sentence),
  }));
}

/** What people did with a message, and for whom it is: it tells what mattered to them, in whatever language they wrote. */
function weightOfMessage({ pinned, namesAsker, namesSomebody, replyCount, reactions, files }: SummaryMessage): number {
  return (
    0.4 * Number(pinned) +
    0.3 * Number(namesAsker) +
    0.15 * Number(namesSomebody) +
    0.1 * Math.min(replyCount, 3) +
    0.08 * Math.min(reactions, 4) +
    0.15 * Math.min(files, 1)
  );
}

/** Somebody wanted to know it, and somebody knew. */
function withAnswers(candidates: readonly Candidate[]): Candidate[] {
  const { questions, answers }: Answers = answersIn(candidates);
  return candidates.map((it) => ({ ...it, weight: it.weight + 0.1 * Number(questions.has(it)) + 0.15 * Number(answers.has(it)) }));
}

function weightOf(sentence: string): number {
  const isQuestion = /[?？]\s*$/u.test(sentence);
  if (isQuestion && !ASKED_OF_SOMEBODY.test(sentence)) return 0.05;
  return (
    0.15 * Number(FIGURE.test(sentence)) +
    0.1 * Number(MEASURE.test(sentence)) +
    0.1 * Number(LINK.test(sentence)) +
    0.05 * Number(isQuestion) +
    0.25 * Number(SETTLED.test(sentence)) +
    0.15 * Number(DECIDED.test(sentence)) +
    0.1 * Number(MATTERS.test(sentence)) +
    0.15 * Number(EXPLAINS.test(sentence))
  );
}

/** Less for what was said close to what is told already, or in its words (maximal marginal relevance). */
function novelty({ seq, terms }: Candidate, told: readonly Candidate[]): number {
  const nearest = Math.min(...told.map((other) => Math.abs(other.seq - seq)), NEAR);
  const shared = Math.max(0, ...told.map((other) => terms.filter((term) => other.terms.includes(term)).length / Math.max(1, terms.length)));
  return (0.5 + (0.5 * nearest) / NEAR) * (1 - 0.7 * shared);
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

function score({ terms, weight, leans }: Candidate, termWeights: ReadonlyMap<string, number>): number {
  if (terms.length === 0) return weight / 10;
  const average = terms.reduce((sum, term) => sum + (termWeights.get(term) ?? 0), 0) / terms.length;
  // "Yes, Friday" repeats common words and tells little.
  const substance = Math.min(1, terms.length / (leans ? 16 : 8));
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
