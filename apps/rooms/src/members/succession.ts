import type { RoomRole } from '@atrium/contracts';

export type Candidate = { userId: string; role: RoomRole; joinedAt: Date };

/**
 * Who becomes host after the host: the longest-serving connected moderator, then connected member, then moderator,
 * then member; ties by id.
 * @param candidates everyone who stays
 * @param connected those of them who are connected now
 */
export function chooseSuccessor<C extends Candidate>(candidates: readonly C[], connected: ReadonlySet<string>): C | null {
  let best: C | null = null;
  for (const candidate of candidates) {
    if (best === null || compare(candidate, best, connected) < 0) best = candidate;
  }
  return best;
}

function compare(a: Candidate, b: Candidate, connected: ReadonlySet<string>): number {
  return rank(a, connected) - rank(b, connected) || a.joinedAt.getTime() - b.joinedAt.getTime() || (a.userId < b.userId ? -1 : 1);
}

function rank(candidate: Candidate, connected: ReadonlySet<string>): number {
  return (connected.has(candidate.userId) ? 0 : 2) + (candidate.role === 'moderator' ? 0 : 1);
}
