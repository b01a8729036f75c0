import { BeyondLimits } from '../extraction.ts';

/** Far beyond what anybody writes. The parser's time grows with the square of it. */
const MOST = 2000;

/** Counts how deep a reader is in tags within tags, and gives up where no document is. */
export class Nesting {
  private depth = 0;

  /** @throws BeyondLimits beyond any sensible depth */
  open(): void {
    this.depth += 1;
    if (this.depth > MOST) throw new BeyondLimits('The file nests its parts deeper than any document does, and was refused.');
  }

  close(): void {
    this.depth -= 1;
  }
}
