import { AtriumError } from '@atrium/client';
import type { Draft, DraftInput } from '@atrium/contracts';

/** What the server has of a place, as far as this page knows. */
type Known = { body: string; version: number };
type Kept = Pick<Draft, 'roomId' | 'parentId' | 'body' | 'version'>;

/** What the sync needs of the page and of the server. */
export type DraftDoors = {
  userId: () => string | undefined;
  keep: (roomId: string, draft: DraftInput) => Promise<Kept>;
  list: () => Promise<readonly Kept[]>;
  read: (place: string) => string;
  replace: (place: string, text: string) => void;
  places: (userId: string) => readonly string[];
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Runs `act` once nothing was written there for a while. */
  later: (place: string, act: () => void) => void;
};

const PREFIX = 'atrium.draft-known.';

/**
 * Brings drafts to the server and to a person's other devices. The later write stands; what two devices wrote without
 * knowing of each other is brought together, so that nothing that was written is lost.
 */
export class DraftSync {
  readonly #known = new Map<string, Known>();
  /** What is on its way to the server, by place. */
  readonly #sending = new Map<string, string>();

  constructor(private readonly doors: DraftDoors) {}

  /** Something was written here. What is no message, such as a question to files, stays here. */
  written(place: string): void {
    if (place.split('.')[0] !== this.doors.userId()) return;
    this.doors.later(place, () => void this.#send(place));
  }

  /** Something was written on a device of this person, perhaps this one. */
  receive(draft: Kept): void {
    const userId = this.doors.userId();
    if (userId === undefined) return;
    const place = [userId, draft.roomId, ...(draft.parentId ? [draft.parentId] : [])].join('.');
    const known = this.#knownOf(place);
    if (draft.version <= known.version) return;
    const here = this.doors.read(place);
    const isUntouched = same(here, known.body) && !this.#sending.has(place);
    const isEcho = draft.body === this.#sending.get(place) || same(here, draft.body);
    // Whoever writes here at this moment is not written over: their text meets the other one when it is sent.
    if (!isUntouched && !isEcho) return;
    this.#learn(place, draft);
    if (isUntouched || same(here, draft.body)) this.doors.replace(place, draft.body);
  }

  /** After a start or without a line for a while: takes what is new there, and sends what is new here. */
  async refresh(): Promise<void> {
    const userId = this.doors.userId();
    if (userId === undefined) return;
    const drafts = await this.doors.list();
    const there = new Set(drafts.map(({ roomId, parentId }) => [userId, roomId, ...(parentId ? [parentId] : [])].join('.')));
    for (const draft of drafts) this.receive(draft);
    for (const place of this.doors.places(userId)) {
      const known = this.#knownOf(place);
      const here = this.doors.read(place);
      if (!there.has(place) && known.body !== '' && same(here, known.body)) {
        this.#learn(place, { ...known, body: '' });
        this.doors.replace(place, '');
      } else if (!same(here, known.body)) this.written(place);
    }
  }

  async #send(place: string): Promise<void> {
    const [, roomId, parentId] = place.split('.');
    const body = this.doors.read(place);
    const known = this.#knownOf(place);
    if (roomId === undefined || this.#sending.has(place) || same(body, known.body)) return;
    this.#sending.set(place, body);
    try {
      const kept = await this.doors.keep(roomId, { body, ifVersion: known.version, ...(parentId === undefined ? {} : { parentId }) });
      this.#learn(place, kept);
    } catch (error) {
      if (AtriumError.from(error).code === 'stale_version') await this.#meet(place);
      // Whatever else: it stays here, and goes with the next change or the next line.
      else return;
    } finally {
      this.#sending.delete(place);
    }
    if (!same(this.doors.read(place), this.#knownOf(place).body)) this.written(place);
  }

  /** Something was written elsewhere that this page has not seen: both stay. */
  async #meet(place: string): Promise<void> {
    const [, roomId, parentId] = place.split('.');
    const there = (await this.doors.list()).find((draft) => draft.roomId === roomId && draft.parentId === parentId);
    if (!there) return;
    this.#learn(place, there);
    this.doors.replace(place, bothOf(there.body, this.doors.read(place)));
  }

  #knownOf(place: string): Known {
    const known = this.#known.get(place) ?? readKnown(this.doors.storage.getItem(PREFIX + place));
    this.#known.set(place, known);
    return known;
  }

  #learn(place: string, { body, version }: Known): void {
    this.#known.set(place, { body, version });
    try {
      this.doors.storage.setItem(PREFIX + place, JSON.stringify({ body, version }));
    } catch {
      // Without it the next start compares with an older one, and brings both texts together.
    }
  }
}

/** Blanks alone are nothing written. */
const same = (a: string, b: string): boolean => a === b || (a.trim() === '' && b.trim() === '');

/** One text with all that was written in two. */
export function bothOf(there: string, here: string): string {
  if (there.includes(here.trim())) return there;
  return here.includes(there.trim()) ? here : `${there.trimEnd()}\n\n${here}`;
}

function readKnown(stored: string | null): Known {
  try {
    const { body, version } = JSON.parse(stored ?? '{}') as Partial<Known>;
    if (typeof body === 'string' && typeof version === 'number') return { body, version };
  } catch {
    // Somebody else wrote there: nothing is known.
  }
  return { body: '', version: 0 };
}
