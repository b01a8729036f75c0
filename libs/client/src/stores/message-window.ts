import type { Message, TimelineEntry } from '@atrium/contracts';
import { AtriumError } from '../errors.ts';
import type { MessagePage, PageQuery } from '../http/messages.api.ts';
import { Observable } from '../observable.ts';
import { isUntold } from './held-message.ts';
import { LateEntries } from './late-entries.ts';
import { Stretch } from './stretch.ts';

export type WindowSnapshot = {
  /** In `seq` order, without a hole between the first and the last. */
  messages: readonly Message[];
  hasBefore: boolean;
  /** More follows that is not loaded: the window does not reach the present. */
  hasAfter: boolean;
  /** What arrived beyond the end of a window that does not reach the present. */
  newer: number;
  state: 'empty' | 'loading' | 'ready' | 'failed';
  loadingBefore: boolean;
  loadingAfter: boolean;
  error?: AtriumError;
};
/** With fewer messages than this a first page is completed by the one before it. */
const FULL_ENOUGH = 20;
/** Pages in a row without anything to show, before someone has to ask again. */
const MOST_ROUNDS = 5;
type LoadPage = (query: PageQuery) => Promise<MessagePage>;

/**
 * A stretch of messages, loaded by pages and kept current by the log's entries. Entries may be applied twice, overlap a
 * page, or come while one is on its way: the result is what a fresh fetch would give.
 */
export class MessageWindow extends Observable<WindowSnapshot> {
  #stretch: Stretch;
  #appliedSeq = 0;
  readonly #late = new LateEntries();
  #state: WindowSnapshot['state'] = 'empty';
  #error: AtriumError | undefined;
  #loadingBefore = false;
  #loadingAfter = false;
  /** Raised when the window starts over, so that only the page asked for last is where it does. */
  #generation = 0;
  #around: number | undefined;

  constructor(
    private readonly loadPage: LoadPage,
    private readonly accepts: (message: Message) => boolean,
    private readonly userId: () => string | undefined = () => undefined,
  ) {
    super();
    this.#stretch = new Stretch(accepts, userId);
  }

  /** Starts over at the newest page, or around a place. */
  async load(around?: number): Promise<void> {
    const generation = ++this.#generation;
    this.#around = around;
    this.#state = this.#stretch.size > 0 ? this.#state : 'loading';
    this.#error = undefined;
    this.changed();
    try {
      await this.#late.during(
        () => this.loadPage(around === undefined ? {} : { around }),
        (page, late) => {
          if (generation !== this.#generation) return;
          this.#stretch = new Stretch(this.accepts, this.userId, this.#stretch);
          this.#stretch.take(page, late);
        },
      );
      if (generation === this.#generation && this.#stretch.size < FULL_ENOUGH) await this.#extendUntilGained('before');
      if (generation !== this.#generation) return;
      this.#state = 'ready';
    } catch (error) {
      if (generation !== this.#generation) return;
      this.#error = AtriumError.from(error);
      this.#state = 'failed';
    }
    this.changed();
  }

  /** Reads the page anew that was loaded last; what is shown stays until it comes. */
  async reload(): Promise<void> {
    if (this.#state !== 'empty') await this.load(this.#around);
  }

  /** Forgets everything: the room's log is not the one that was followed. Whoever shows it loads it anew. */
  reset(): void {
    this.#generation += 1;
    this.#stretch = new Stretch(this.accepts, this.userId);
    this.#appliedSeq = 0;
    this.#state = 'empty';
    this.#error = undefined;
    this.changed();
  }

  async loadBefore(): Promise<void> {
    if (this.#loadingBefore || !this.#stretch.hasBefore) return;
    this.#loadingBefore = true;
    this.changed();
    await this.#extendUntilGained('before');
    this.#loadingBefore = false;
    this.changed();
  }

  async loadAfter(): Promise<void> {
    if (this.#loadingAfter || !this.#stretch.hasAfter) return;
    this.#loadingAfter = true;
    this.changed();
    await this.#extendUntilGained('after');
    this.#loadingAfter = false;
    this.changed();
  }

  apply(entries: readonly TimelineEntry[]): void {
    for (const entry of entries) {
      if (entry.seq <= this.#appliedSeq) continue;
      this.#appliedSeq = entry.seq;
      this.#late.hear(entry);
      this.#stretch.follow(entry);
      if (isUntold(entry)) void this.#readAgain(entry.messageId);
    }
    this.changed();
  }

  /** An answer to something we did (a pin, say), ahead of its entry. */
  replace(message: Message): void {
    this.#stretch.replace(message);
    this.changed();
  }

  get(messageId: string): Message | undefined {
    return this.#stretch.get(messageId);
  }

  protected build(): WindowSnapshot {
    const { messages, hasBefore, hasAfter, newer } = this.#stretch;
    return {
      messages,
      hasBefore,
      hasAfter,
      newer,
      state: this.#state,
      loadingBefore: this.#loadingBefore,
      loadingAfter: this.#loadingAfter,
      ...(this.#error ? { error: this.#error } : {}),
    };
  }

  /** What the message says and shows now, which each reader may ask. */
  async #readAgain(messageId: string): Promise<void> {
    const stretch = this.#stretch;
    const known = stretch.get(messageId);
    if (!known) return;
    // Until it is read, the message stands as it was; whoever loads the page again sees it as well.
    const page = await this.loadPage({ around: known.seq, limit: 1 }).catch(() => undefined);
    const edited = page?.items.find(({ id }) => id === messageId);
    if (!edited || stretch !== this.#stretch) return;
    stretch.reword(edited);
    this.changed();
  }

  /** Pages on until something to show came, or there is no more. */
  async #extendUntilGained(side: 'before' | 'after'): Promise<void> {
    const stretch = this.#stretch;
    const shown = stretch.size;
    for (let round = 0; round < MOST_ROUNDS && stretch.size === shown; round += 1) {
      const more = side === 'before' ? stretch.hasBefore : stretch.hasAfter;
      if (!more || !(await this.#extend(stretch, side))) return;
    }
  }

  /** Whether there was anything, and the stretch is still the one that is shown. */
  async #extend(stretch: Stretch, side: 'before' | 'after'): Promise<boolean> {
    const { covered } = stretch;
    if (!covered) return false;
    let found = false;
    this.#error = undefined;
    try {
      await this.#late.during(
        () => this.loadPage(side === 'before' ? { before: covered.from } : { after: covered.to }),
        (page, late) => {
          if (stretch !== this.#stretch) return;
          stretch.take(page, late, side);
          found = page.items.length > 0;
        },
      );
    } catch (error) {
      if (stretch === this.#stretch) this.#error = AtriumError.from(error);
    }
    return found;
  }
}
