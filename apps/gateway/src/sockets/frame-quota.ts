const PER_MINUTE = 120;
const PER_MS = PER_MINUTE / 60_000;

/** Frames a client may send besides messages: a minute's worth at once, then as many as come back. */
export class FrameQuota {
  private left = PER_MINUTE;
  private at = 0;

  /** @returns whether one more frame fits */
  take(now: number): boolean {
    this.left = this.at === 0 ? PER_MINUTE : Math.min(PER_MINUTE, this.left + (now - this.at) * PER_MS);
    this.at = now;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
