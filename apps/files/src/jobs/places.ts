/** Whose file it is, and where it was put. */
export type Holder = { uploaderId: string; roomId: string };

/**
 * The places in which one worker reads files. The files of a person take half of them, rounded up, at most, those of a
 * room never the last, and those of one person never the last of a room: whoever comes while others' files take long
 * finds a place, in their room or in another. That takes three places; a single one cannot be kept for anybody.
 */
export class Places {
  private readonly count: number;
  private readonly held = new Map<string, Holder>();
  /** Those that found no place, in the order in which they came. */
  private readonly turnedAway = new Map<string, Holder>();

  constructor(count: number) {
    this.count = count;
  }

  get taken(): number {
    return this.held.size;
  }

  /** How many were turned away and not called since. */
  get waiting(): number {
    return this.turnedAway.size;
  }

  /** Whether there was a place for it; else it is remembered. */
  take(id: string, holder: Holder): boolean {
    this.turnedAway.delete(id);
    const isFree = this.isFreeFor(holder);
    (isFree ? this.held : this.turnedAway).set(id, holder);
    return isFree;
  }

  /** Gives a place back. Returns the first of those turned away that would find one now; it is remembered no more. */
  release(id: string): string | undefined {
    if (!this.held.delete(id)) return undefined;
    for (const [next, holder] of this.turnedAway) {
      if (!this.isFreeFor(holder)) continue;
      this.turnedAway.delete(next);
      return next;
    }
    return undefined;
  }

  private isFreeFor({ uploaderId, roomId }: Holder): boolean {
    const holders = [...this.held.values()];
    const ofPerson = holders.filter((holder) => holder.uploaderId === uploaderId).length;
    const ofRoom = holders.filter((holder) => holder.roomId === roomId).length;
    const mostOfRoom = Math.max(1, this.count - 1);
    const mostOfPerson = Math.max(1, Math.min(mostOfRoom - 1, Math.ceil(this.count / 2)));
    return ofRoom < mostOfRoom && ofPerson < mostOfPerson;
  }
}
