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
type LoadPage = (query: PageQuery) => Promise<MessagePage>;

/**
 * A stretch of messages, loaded by pages and kept current by the log's entries. Entries may be applied twice or
 * overlap a page: the result is what a fresh fetch would give.
 */
export class MessageWindow extends Observable<WindowSnapshot> {
  #held = new Map<number, Held>();
  #idToSeq = new Map<string, number>();
  /** Messages beyond the end of the window, until the window reaches them. */
  #beyond = new Map<number, Held>();
  #appliedSeq = 0;
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
      this.#hasBefore = page.hasBefore;
      this.#hasAfter = page.hasAfter;
      this.#take(page.items);
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
    const first = this.#edge('first');
    if (first === undefined || !this.#hasBefore || this.#loadingBefore) return;
    this.#loadingBefore = true;
    await this.#extend({ before: first }, (page) => (this.#hasBefore = page.hasBefore));
    this.#loadingBefore = false;
    this.changed();
  }

  async loadAfter(): Promise<void> {
    const last = this.#edge('last');
    if (last === undefined || !this.#hasAfter || this.#loadingAfter) return;
    this.#loadingAfter = true;
    await this.#extend({ after: last }, (page) => (this.#hasAfter = page.hasAfter));
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
    const messages = [...this.#held.values()].map((one) => one.message).sort((a, b) => a.seq - b.seq);
    return {
      messages,
      hasBefore: this.#hasBefore,
      hasAfter: this.#hasAfter,
      newer: this.#beyond.size,
      state: this.#state,
      loadingBefore: this.#loadingBefore,
      loadingAfter: this.#loadingAfter,
      ...(this.#error ? { error: this.#error } : {}),
    };
  }

  async #extend(query: PageQuery, noteEdge: (page: MessagePage) => void): Promise<void> {
    const generation = this.#generation;
    this.#error = undefined;
    this.changed();
    try {
      const page = await this.loadPage(query);
      if (generation !== this.#generation) return;
      noteEdge(page);
      this.#take(page.items);
    } catch (error) {
      if (generation === this.#generation) this.#error = AtriumError.from(error);
    }
  }

  #take(messages: readonly Message[]): void {
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
    this.#held.set(one.message.seq, one);
    this.#idToSeq.set(one.message.id, one.message.seq);
  }

  #update(one: Held): void {
    const { seq } = one.message;
    if (this.#held.has(seq)) this.#held.set(seq, one);
    if (this.#beyond.has(seq)) this.#beyond.set(seq, one);
  }

  #find(messageId: string): Held | undefined {
    const seq = this.#idToSeq.get(messageId);
    return seq === undefined ? undefined : (this.#held.get(seq) ?? this.#beyond.get(seq));
  }

  #edge(which: 'first' | 'last'): number | undefined {
    const seqs = [...this.#held.keys()];
    if (seqs.length === 0) return undefined;
    return seqs.reduce((a, b) => ((which === 'first' ? a < b : a > b) ? a : b));
  }
}
