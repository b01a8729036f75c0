import type { Bus } from './bus.ts';
import { announcementSubject } from '@atrium/contracts';
import { GONE_AFTER_MS, type Announcement } from './announcer.ts';

const FIRST_REST_MS = 5000;
const LONGEST_REST_MS = 60_000;

/** One process that answers a service's calls, as one of its callers knows it. */
export class Instance {
  heardAt = performance.now();
  underWay = 0;
  private answeredAt = -Infinity;
  private silences = 0;
  private restsUntil = -Infinity;

  /** What sets it apart from the others of its service, for `weigh`. */
  private readonly salt: number;

  constructor(readonly id: string) {
    this.salt = hash(id);
  }

  /** How much a key belongs to this instance: the one with the largest number has it. */
  weigh(key: number): number {
    return mixed(key ^ this.salt);
  }

  get rests(): boolean {
    return performance.now() < this.restsUntil;
  }

  answered(): void {
    this.answeredAt = performance.now();
    this.silences = 0;
    this.restsUntil = -Infinity;
  }

  /** Whether nothing at all came from it since then: one call may take long, but who answers others is not sick. */
  silentSince(time: number): boolean {
    return this.answeredAt < time;
  }

  /** A deadline passed without a word from it: it is left alone for a while, which grows until it answers. */
  fellSilent(): void {
    // One silence, however many calls ran into it.
    if (this.rests) return;
    this.restsUntil = performance.now() + Math.min(FIRST_REST_MS * 2 ** this.silences, LONGEST_REST_MS);
    this.silences++;
  }
}

/**
 * The instances of the services this process calls. A queue group hands a call to any of its members, a hung one
 * included, and does not tell to which; so a caller chooses for itself among those that announce themselves, and
 * leaves alone what let a deadline pass and answered nothing else meanwhile.
 */
export class Instances {
  private readonly services = new Map<string, Map<string, Instance>>();

  constructor(private readonly bus: Bus) {}

  /** Whom to ask: of two taken at random, the one this process waits for less. Undefined leaves it to the queue group. */
  choose(service: string, except?: Instance): Instance | undefined {
    const fit = [...this.of(service).values()].filter((instance) => instance !== except && !instance.rests);
    if (fit.length <= 1) return fit[0];
    const first = Math.floor(Math.random() * fit.length);
    const second = (first + 1 + Math.floor(Math.random() * (fit.length - 1))) % fit.length;
    const [one, other] = [fit[first]!, fit[second]!];
    return other.underWay < one.underWay ? other : one;
  }

  /**
   * Whom to ask about a key: every caller asks the same instance as long as that one answers. When an instance comes or
   * goes, only the keys that it has move (rendezvous hashing). Undefined where there is no choice.
   */
  ownerOf(service: string, key: string): Instance | undefined {
    const known = this.of(service);
    if (known.size <= 1) return undefined;
    const hashed = hash(key);
    let owner: Instance | undefined;
    for (const instance of known.values()) {
      if (!instance.rests && (!owner || instance.weigh(hashed) > owner.weigh(hashed))) owner = instance;
    }
    return owner;
  }

  forget(service: string, instance: Instance): void {
    this.services.get(service)?.delete(instance.id);
  }

  private of(service: string): Map<string, Instance> {
    let known = this.services.get(service);
    if (!known) {
      known = new Map();
      this.services.set(service, known);
      this.listen(service, known);
    }
    const latest = performance.now() - GONE_AFTER_MS;
    for (const instance of known.values()) if (instance.heardAt < latest) known.delete(instance.id);
    return known;
  }

  private listen(service: string, known: Map<string, Instance>): void {
    this.bus.connection.subscribe(announcementSubject(service), {
      callback: (error, message) => {
        if (error) return;
        const { instance: id, leaving } = message.json<Announcement>();
        const instance = known.get(id);
        if (leaving) known.delete(id);
        else if (instance) instance.heardAt = performance.now();
        else known.set(id, new Instance(id));
      },
    });
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value;
}

/** The last step of MurmurHash3: each bit of the key changes half of the result. */
function mixed(key: number): number {
  const half = Math.imul(key ^ (key >>> 16), 0x85ebca6b);
  const most = Math.imul(half ^ (half >>> 13), 0xc2b2ae35);
  return (most ^ (most >>> 16)) >>> 0;
}
