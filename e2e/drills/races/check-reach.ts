import { lastSeenOf, type RoomFacts } from './room-facts.ts';

/** Somebody with the pages that they have open. */
export type Watcher = { id: string; pages: readonly { isOpen: boolean; shown(roomId: string): readonly number[] }[] };
export type Reached = { roomId: string; facts: RoomFacts; people: readonly Watcher[] };

export const isIn = ({ members }: RoomFacts, { id }: { id: string }): boolean => members.some(({ userId }) => userId === id);

/** Whoever is in is shown everything up to the last entry, each once and in its order. */
export function unreached({ roomId, facts, people }: Reached): string[] {
  const head = facts.log.at(-1)!.seq;
  return people
    .filter((person) => isIn(facts, person))
    .flatMap(({ id, pages }) => pages.filter(({ isOpen }) => isOpen).map((page) => flawOf(id, page.shown(roomId), head)))
    .filter((flaw) => flaw !== undefined);
}

function flawOf(id: string, shown: readonly number[], head: number): string | undefined {
  if (shown.at(-1) !== head) return `${id} is in and was shown ${shown.at(-1) ?? 'nothing'} instead of ${head}`;
  return shown.every((seq, index) => index === 0 || seq === shown[index - 1]! + 1) ? undefined : `${id} was shown ${shown.join(', ')}`;
}

/** Whoever is not in is shown no more than that they went. */
export function reachedWrongly({ roomId, facts, people }: Reached): string[] {
  return people
    .filter((person) => !isIn(facts, person))
    .flatMap(({ id, pages }) => pages.map((page) => ({ id, seqs: page.shown(roomId).filter((seq) => seq > lastSeenOf(facts.log, id)) })))
    .filter(({ seqs }) => seqs.length > 0)
    .map(({ id, seqs }) => `${id} is not in and was shown ${seqs.join(', ')}`);
}
