/** When something last gave a sign, and whether that is too long ago. What has just begun to watch gives it its time. */
export class SignOfLife {
  private at: number;

  constructor(
    private readonly withinMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.at = now();
  }

  seen(): void {
    this.at = this.now();
  }

  /** @throws Error when there was none for too long. @param what the sign, for whoever reads the report */
  require(what: string): void {
    const silentMs = this.now() - this.at;
    if (silentMs > this.withinMs) throw new Error(`${what} for ${Math.floor(silentMs / 1000)} s`);
  }
}
