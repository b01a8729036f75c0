import { announcementSubject } from '@atrium/contracts';
import type { Bus } from './bus.ts';
import type { Readiness } from './readiness.ts';

const EVERY_MS = 1000;
/** Three in a row that were not heard. */
export const GONE_AFTER_MS = 3500;

export type Announcement = { instance: string; leaving?: true };

/**
 * Tells callers each second that this instance may be given work. It falls silent by itself when the process is frozen
 * or its loop is blocked, and on purpose while what it cannot work without is away.
 */
export class Announcer {
  private timer: NodeJS.Timeout | undefined;
  private asking = false;

  constructor(
    private readonly bus: Bus,
    private readonly readiness: Readiness,
  ) {}

  start(): void {
    void this.announce();
    this.timer = setInterval(() => void this.announce(), EVERY_MS);
  }

  /** The last word: callers ask others from here on. */
  leave(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.tell({ instance: this.bus.instance, leaving: true });
  }

  private async announce(): Promise<void> {
    // A check that hangs is no answer either.
    if (this.asking) return;
    this.asking = true;
    const ready = await this.readiness().then(
      () => true,
      () => false,
    );
    this.asking = false;
    if (ready && this.timer) this.tell({ instance: this.bus.instance });
  }

  private tell(announcement: Announcement): void {
    if (this.bus.isConnected()) this.bus.connection.publish(announcementSubject(this.bus.service), JSON.stringify(announcement));
  }
}
