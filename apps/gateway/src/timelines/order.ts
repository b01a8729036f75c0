import { slice, type Batch } from './batch.ts';

/** More than this waiting for one gap: the gap is filled by reading, so nothing is lost by dropping. */
const MAX_HELD = 1000;

/**
 * Puts the batches of one room into `seq` order: passes on what follows, drops what was passed on before, holds what
 * came early. Pure bookkeeping; who reads the missing entries, and when, is decided outside.
 */
export class TimelineOrder {
  private held: Batch[] = [];
  /** The last `seq` passed on; unknown until the room's head was read. */
  private last: number | undefined;

  get position(): number | undefined {
    return this.last;
  }

  /** Says where the room stands. @returns what was held for it and follows now */
  start(position: number): Batch[] {
    this.last ??= position;
    return this.release();
  }

  /** @returns the batches that may be passed on now, in order */
  accept(batch: Batch): Batch[] {
    if (this.last !== undefined && batch.to <= this.last) return [];
    this.held.push(batch);
    if (this.held.length > 1) this.held.sort((a, b) => a.from - b.from);
    const ready = this.release();
    if (this.held.length > MAX_HELD) this.held.length = MAX_HELD;
    return ready;
  }

  /** The entries that are missing before what is held, if any are. */
  get gap(): { after: number; until: number } | undefined {
    const [next] = this.held;
    return next && this.last !== undefined ? { after: this.last, until: next.from - 1 } : undefined;
  }

  private release(): Batch[] {
    const ready: Batch[] = [];
    while (this.last !== undefined && this.held.length > 0 && this.held[0]!.from <= this.last + 1) {
      const fresh = slice(this.held.shift()!, this.last);
      if (!fresh) continue;
      ready.push(fresh);
      this.last = fresh.to;
    }
    return ready;
  }
}
