/** Passages read closely; enough for any question, little enough to weigh sentence by sentence. */
export const PASSAGES_READ = 40;

/**
 * How telling a word is that so many of the passages hold: the inverse document frequency of BM25. One that is nowhere
 * counts like one that is somewhere: people ask in words of their own.
 */
export function passageWeight(holders: number, passages: number): number {
  const held = Math.max(holders, 1);
  return Math.log(1 + (Math.max(passages, held) - held + 0.5) / (held + 0.5));
}
