import type { Term } from '../text/terms.ts';
import type { Passage } from './answerer.ts';

/** A sentence where it stands, taken apart. Offsets in code points into the page's text; `indent` is how many blanks its line begins with. */
export type Sentence = { passage: Passage; start: number; end: number; indent: number; quote: string; terms: Term[]; endsLine: boolean };

/** A sentence that may answer, with what it leans on. */
export type Candidate = Sentence & {
  words: string[];
  before: Candidate | null;
  after: Candidate | null;
  /** The heading it stands under, if the passage shows one. */
  heading: Candidate | null;
  isHeading: boolean;
  /** The other lines of the record it is a line of: "Name: Ann", below it "Phone: 12". */
  record: Candidate[];
};
