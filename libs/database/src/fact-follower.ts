import { Bus } from '@atrium/bus';
import { Logger } from '@nestjs/common';
import { NumberedFacts, type FactSource } from './numbered-facts.ts';

const EVERY_MS = 30_000;
/** Facts are dated before they are committed, and clocks differ. */
const OVERLAP_MS = 60_000;
/** At a start nobody knows since when this service was away. Owners keep their facts longer. */
const AT_START_MS = 7 * 24 * 60 * 60 * 1000;

/** Compares heads with the owner of numbered facts from time to time: what no later event would reveal comes in by this. */
export class FactFollower {
  private readonly logger = new Logger('facts');
  private since = new Date(Date.now() - AT_START_MS);
  private timer: NodeJS.Timeout | undefined;
  private comparing: Promise<void> | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly facts: NumberedFacts,
    private readonly source: FactSource,
  ) {}

  start(): void {
    this.begin();
    this.timer = setInterval(() => this.begin(), EVERY_MS);
    // What was told while the bus was away, or was on its way when it went, may be lost with it.
    this.bus.onStatus((connected) => connected && this.begin());
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.comparing;
  }

  private begin(): void {
    this.comparing ??= this.compare().finally(() => (this.comparing = undefined));
  }

  private async compare(): Promise<void> {
    const next = new Date(Date.now() - OVERLAP_MS);
    try {
      await this.bus.runInScope(() => this.facts.compare(this.source, this.since));
      this.since = next;
    } catch (error) {
      this.logger.warn(`facts are compared again in a moment: ${(error as Error).message}`);
    }
  }
}
