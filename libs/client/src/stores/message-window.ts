import type { Message, TimelineEntry } from '@atrium/contracts';
import { AtriumError } from '../errors.ts';
import type { MessagePage, PageQuery } from '../http/messages.api.ts';
import { Observable } from '../observable.ts';
import { type Held, applyToHeld, held } from './held-message.ts';

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
 * A stretch of messages, loaded by pages and kept current by the log's entries. Entries may be applied twice or
 * overlap a page: the result is what a fresh fetch would give.
 */
export class MessageWindow extends Observable<WindowSnapshot> {
  #held = new Map<number, Held>();
  #idToSeq = new Map<string, number>();
  /** The messages of `#held` in order; made anew only when one of them changes. */
  #sorted: readonly Message[] | undefined;
  /** Messages beyond the end of the window, until the window reaches them. */
  #beyond = new Map<number, Held>();
  #appliedSeq = 0;
  /** The first and last seq that pages covered; a page may hold only messages this window does not show. */
  #covered: { from: number; to: number } | undefined;
  #hasBefore = false;
  #hasAfter = false;
  #state: WindowSnapshot['state'] = 'empty';
  #error: AtriumError | undefined;
  #loadingBefore = false;
  #loadingAfter = false;
  /** Raised when the window starts over, so that a page asked for before is not mixed in. */
  #generation = 0;
  #startingOver = false;

  constructor(
    private readonly loadPage: LoadPage,
    private readonly accepts: (message: Message) => boolean,
  ) {
    super();
  }

  /** Starts over at the newest page, or around a place. */
  async load(around?: number): Promise<void> {
    const generation = ++this.#generation;
    this.#state = this.#held.size > 0 ? this.#state : 'loading';
    this.#error = undefined;
    this.#startingOver = true;
    this.changed();
    try {
      const page = await this.loadPage(around === undefined ? {} : { around });
      if (generation !== this.#generation) return;
      this.#startingOver = false;
      this.#held.clear();
      this.#sorted = undefined;
      this.#covered = undefined;
      this.#hasBefore = page.hasBefore;
      this.#hasAfter = page.hasAfter;
      this.#take(page.items);
      if (this.#held.size < FULL_ENOUGH) await this.#extendUntilGained('before');
      this.#state = 'ready';
    } catch (error) {
      if (generation !== this.#generation) return;
      this.#startingOver = false;
      this.#error = AtriumError.from(error);
      this.#state = 'failed';
    }
    this.changed();
  }

  async loadBefore(): Promise<void> {
    if (this.#loadingBefore || !this.#hasBefore) return;
    this.#loadingBefore = true;
    this.changed();
    await this.#extendUntilGained('before');
    this.#loadingBefore = false;
    this.changed();
  }

  async loadAfter(): Promise<void> {
    if (this.#loadingAfter || !this.#hasAfter) return;
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
      if (entry.type === 'message.created') this.#created(entry.message);
      const change = applyToHeld(entry, (id) => this.#find(id));
      if (change) this.#update(change);
    }
    this.changed();
  }

  /** An answer to something we did (a pin, say), ahead of its entry. */
  replace(message: Message): void {
    const known = this.#find(message.id);
    if (known) this.#update({ ...known, message });
    this.changed();
  }

  get(messageId: string): Message | undefined {
    return this.#find(messageId)?.message;
  }

  protected build(): WindowSnapshot {
    this.#sorted ??= [...this.#held.values()].map((one) => one.message).sort((a, b) => a.seq - b.seq);
    return {
      messages: this.#sorted,
      hasBefore: this.#hasBefore,
      hasAfter: this.#hasAfter,
      newer: this.#beyond.size,
      state: this.#state,
      loadingBefore: this.#loadingBefore,
      loadingAfter: this.#loadingAfter,
      ...(this.#error ? { error: this.#error } : {}),
    };
  }

  /** Pages on until something to show came, or there is no more. */
  async #extendUntilGained(side: 'before' | 'after'): Promise<void> {
    const shown = this.#held.size;
    for (let round = 0; round < MOST_ROUNDS && this.#held.size === shown; round += 1) {
      const more = side === 'before' ? this.#hasBefore : this.#hasAfter;
      if (!more || !this.#covered || !(await this.#extend(side, this.#covered))) return;
    }
  }

  async #extend(side: 'before' | 'after', covered: { from: number; to: number }): Promise<boolean> {
    const generation = this.#generation;
    this.#error = undefined;
    try {
      const page = await this.loadPage(side === 'before' ? { before: covered.from } : { after: covered.to });
      if (generation !== this.#generation) return false;
      if (side === 'before') this.#hasBefore = page.hasBefore;
      else this.#hasAfter = page.hasAfter;
      this.#take(page.items);
      return page.items.length > 0;
    } catch (error) {
      if (generation === this.#generation) this.#error = AtriumError.from(error);
      return false;
    }
  }

  #take(messages: readonly Message[]): void {
    this.#cover(messages);
    for (const message of messages) if (this.accepts(message)) this.#hold(held(message, 'page'));
    if (this.#hasAfter) return;
    // The window reaches the present: what arrived meanwhile belongs to it.
    for (const one of this.#beyond.values()) if (!this.#held.has(one.message.seq)) this.#hold(one);
    this.#beyond.clear();
  }

  #created(message: Message): void {
    if (!this.accepts(message) || this.#held.has(message.seq)) return;
    const one = held(message, 'entry');
    const reachesPresent = this.#state === 'ready' && !this.#hasAfter;
    if (reachesPresent) this.#hold(one);
    // It is not known yet whether the page on its way will contain this message.
    if (!reachesPresent || this.#startingOver) this.#beyond.set(message.seq, one);
    this.#idToSeq.set(message.id, message.seq);
  }

  #hold(one: Held): void {
    this.#sorted = undefined;
    this.#held.set(one.message.seq, one);
    this.#idToSeq.set(one.message.id, one.message.seq);
  }

  #update(one: Held): void {
    const { seq } = one.message;
    if (this.#held.has(seq)) {
      this.#held.set(seq, one);
      this.#sorted = undefined;
    }
    if (this.#beyond.has(seq)) this.#beyond.set(seq, one);
  }

  #find(messageId: string): Held | undefined {
    const seq = this.#idToSeq.get(messageId);
    return seq === undefined ? undefined : (this.#held.get(seq) ?? this.#beyond.get(seq));
  }

  #cover(messages: readonly Message[]): void {
    const from = messages[0]?.seq;
    const to = messages.at(-1)?.seq;
    if (from === undefined || to === undefined) return;
    this.#covered = { from: Math.min(from, this.#covered?.from ?? from), to: Math.max(to, this.#covered?.to ?? to) };
  }
}
