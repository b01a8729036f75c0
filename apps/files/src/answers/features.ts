import { opensWithPronoun } from '../english/pronouns.ts';
import type { Term } from '../text/terms.ts';
import type { AnswerRequest } from './answerer.ts';
import type { Candidate } from './candidate.ts';
import { holdsExpected } from './expectations.ts';
import { Lexicon, type Likeness } from './lexicon.ts';
import type { Features, Grounds } from './model.ts';
import type { ParsedQuestion } from '../questions/question.ts';

/** A sentence, with the lines of its record that hold what it lacks of the question. */
export type Weighed = { candidate: Candidate; features: Features; leansOn: Candidate[] };

/** What a pronoun stands for, or stands on another line of the record, counts nearly like the word itself. */
const MEANT = 0.8;

/** A question laid beside the sentences that may answer it. */
export class Comparison {
  readonly weighed: Weighed[];
  private readonly lexicon: Lexicon;
  private readonly rows: Map<Candidate, Likeness>;
  private readonly leansOn = new Map<Candidate, Candidate[]>();
  private readonly pairs: string[];
  private readonly pairsOf = new Map<Candidate, Set<string>>();
  private readonly question: ParsedQuestion;

  constructor(request: AnswerRequest, candidates: Candidate[]) {
    this.question = request.question;
    this.lexicon = new Lexicon(request, candidates);
    const own = new Map(candidates.map((candidate) => [candidate, this.lexicon.likeness(candidate.terms)]));
    this.rows = new Map(own);
    for (const candidate of candidates) {
      if (candidate.before && opensWithPronoun(candidate.quote)) this.borrow(candidate, this.rows.get(candidate.before)!.best);
      else if (candidate.record.length > 0) this.borrowFromRecord(candidate, own);
    }
    this.pairs = pairsIn(request.question.words);
    for (const candidate of candidates) this.pairsOf.set(candidate, new Set(pairsIn(candidate.terms)));
    const passages = new Map(
      [...Map.groupBy(candidates, ({ passage }) => passage)].map(([passage, own]) => [passage, this.lexicon.share(this.best(own))]),
    );
    this.weighed = candidates.map((candidate) => ({
      candidate,
      features: this.featuresOf(candidate, passages.get(candidate.passage)!),
      leansOn: this.leansOn.get(candidate) ?? [],
    }));
  }

  /** "Its budget is …" speaks of what the sentence before it named, and a line of a record of what the others name. */
  private borrow(candidate: Candidate, lent: number[]): void {
    const { best, counts } = this.rows.get(candidate)!;
    const meant = lent.map((value) => value * MEANT);
    this.rows.set(candidate, {
      counts: counts.map((count, k) => (best[k] === 0 ? meant[k]! : count)),
      best: best.map((value, k) => Math.max(value, meant[k]!)),
    });
  }

  private borrowFromRecord(candidate: Candidate, own: Map<Candidate, Likeness>): void {
    const has = (line: Candidate, k: number) => own.get(line)!.best[k]!;
    const isComplete = (line: Candidate) =>
      this.question.terms.every((_, k) => has(line, k) > 0 || [candidate, ...candidate.record].every((other) => has(other, k) === 0));
    if (candidate.record.some(isComplete)) return;
    const lenders = this.question.terms.flatMap((_, k) => {
      if (has(candidate, k) > 0) return [];
      const most = candidate.record.reduce((best, line) => (has(line, k) > has(best, k) ? line : best));
      return has(most, k) > 0 ? [most] : [];
    });
    this.leansOn.set(candidate, [...new Set(lenders)]);
    for (const lender of new Set(lenders)) this.borrow(candidate, own.get(lender)!.best);
  }

  private featuresOf(candidate: Candidate, passage: number): Features {
    const { lexicon, question } = this;
    const row = this.rows.get(candidate)!;
    const expected = holdsExpected(question, candidate);
    return {
      bm25: lexicon.bm25(row, candidate),
      bm25AsWritten: lexicon.bm25AsWritten(candidate),
      context: lexicon.share(this.best([candidate, candidate.before, candidate.heading])),
      following: lexicon.share(this.best([candidate.after])),
      passage,
      words: share(row.best.filter((value) => value > 0).length, row.best.length),
      pairs: this.pairsWithin([candidate]),
      quantity: question.expects === 'number' ? expected : 0,
      time: question.expects === 'time' ? expected : 0,
      name: question.expects === 'person' || question.expects === 'place' ? expected : 0,
    };
  }

  /** @param lead how far it is ahead of the next */
  groundsOf({ candidate, features, leansOn }: Weighed, lead: number): Grounds {
    const { lexicon } = this;
    const { terms } = this.question;
    const { bm25, bm25AsWritten, passage, words } = features;
    const around = this.best([candidate, candidate.before, candidate.before?.before ?? null, candidate.heading]);
    const anywhere = this.best([...this.rows.keys()]);
    const told = [candidate, ...leansOn, ...(candidate.isHeading ? [candidate.after!] : [])];
    const shareOf = (keep: (term: Term) => boolean) => (terms.some(keep) ? lexicon.share(around, keep) : 1);
    return {
      ...{ bm25, bm25AsWritten, passage, words },
      names: shareOf((term) => term.capital),
      numbers: shareOf((term) => term.kind === 'number' || term.kind === 'date'),
      expected: told.some((line) => holdsExpected(this.question, line) > 0) ? 1 : 0,
      known: lexicon.share(anywhere),
      knownAsWritten: lexicon.knownAsWritten(),
      knownPairs: this.pairsWithin([...this.rows.keys()]),
      unknownWords: anywhere.filter((value) => value === 0).length,
      length: Math.log(1 + terms.length),
      lead,
    };
  }

  private best(sentences: (Candidate | null)[]): number[] {
    const rows = sentences.flatMap((sentence) => (sentence ? [this.rows.get(sentence)!.best] : []));
    return this.question.terms.map((_, k) => rows.reduce((most, row) => Math.max(most, row[k]!), 0));
  }

  private pairsWithin(candidates: Candidate[]): number {
    return share(
      this.pairs.filter((pair) => candidates.some((candidate) => this.pairsOf.get(candidate)!.has(pair))).length,
      this.pairs.length,
    );
  }
}

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
const pairsIn = (terms: Term[]) => terms.slice(1).map((term, i) => `${terms[i]!.form} ${term.form}`);
