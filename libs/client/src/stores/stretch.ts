import type { Message, TimelineEntry } from '@atrium/contracts';
import type { MessagePage } from '../http/messages.api.ts';
import { type Held, applyToHeld, hasFile, held, replaceContent } from './held-message.ts';

/** Messages without a hole between the first and the last, and what was heard of beyond its end. */
export class Stretch {
  readonly #held = new Map<number, Held>();
  readonly #idToSeq = new Map<string, number>();
  /** The messages of `#held` in order; made anew only when one of them changes. */
  #sorted: readonly Message[] | undefined;
  /** Messages beyond the end, until the stretch reaches them. */
  readonly #beyond: Map<number, Held>;
  /** The first and last seq that pages covered; a page may hold only messages that are not shown here. */
  #covered: { from: number; to: number } | undefined;
  #hasBefore = false;
  #hasAfter = false;
  /** Whether any page came; before that everything is beyond. */
  #loaded = false;

  /** @param replaced the stretch that was shown before: what was beyond it may be beyond this one, too */
  constructor(
    private readonly accepts: (message: Message) => boolean,
    private readonly userId: () => string | undefined,
    replaced?: Stretch,
  ) {
    this.#beyond = new Map(replaced ? replaced.#beyond : undefined);
    for (const { message } of this.#beyond.values()) this.#idToSeq.set(message.id, message.seq);
  }

  get messages(): readonly Message[] {
    return (this.#sorted ??= [...this.#held.values()].map((one) => one.message).sort((a, b) => a.seq - b.seq));
  }

  get size(): number {
    return this.#held.size;
  }

  get newer(): number {
    return this.#beyond.size;
  }

  get hasBefore(): boolean {
    return this.#hasBefore;
  }

  get hasAfter(): boolean {
    return this.#hasAfter;
  }

  get covered(): { from: number; to: number } | undefined {
    return this.#covered;
  }

  get(messageId: string): Message | undefined {
    return this.#find(messageId)?.message;
  }

  replace(message: Message): void {
    const known = this.#find(message.id);
    if (known) this.#update({ ...known, message });
  }

  /** What an edited message says now, where its entry could not tell. */
  reword(message: Message): void {
    const change = replaceContent(message, this.#find(message.id));
    if (change) this.#update(change);
  }

  /** @param late entries that came since the page was asked for; it may have been read before them */
  take(page: MessagePage, late: readonly TimelineEntry[], side?: 'before' | 'after'): void {
    if (side !== 'after') this.#hasBefore = page.hasBefore;
    if (side !== 'before') this.#hasAfter = page.hasAfter;
    this.#loaded = true;
    this.#cover(page.items);
    for (const message of page.items) if (this.accepts(message)) this.#hold(held(message, 'page'));
    this.#reach();
    for (const entry of late) this.follow(entry);
  }

  follow(entry: TimelineEntry): void {
    if (entry.type === 'message.created') this.#created(entry.message);
    for (const change of applyToHeld(entry, this.#known, this.userId())) this.#update(change);
  }

  /** Takes in what was beyond the end and is not any more. */
  #reach(): void {
    const { from, to } = this.#covered ?? { from: 0, to: 0 };
    for (const [seq, one] of this.#beyond) {
      if (this.#hasAfter && seq > to) continue;
      if (!this.#hasAfter && seq >= from && !this.#held.has(seq)) this.#hold(one);
      this.#beyond.delete(seq);
    }
  }

  #created(message: Message): void {
    if (!this.accepts(message) || this.#held.has(message.seq) || this.#beyond.has(message.seq)) return;
    const one = held(message, 'entry');
    if (this.#loaded && !this.#hasAfter) return this.#hold(one);
    this.#beyond.set(message.seq, one);
    this.#idToSeq.set(message.id, message.seq);
  }

  #hold(one: Held): void {
    this.#sorted = undefined;
    this.#held.set(one.message.seq, one);
    this.#idToSeq.set(one.message.id, one.message.seq);
  }

  #update(one: Held): void {
    if (this.#held.has(one.message.seq)) this.#hold(one);
    if (this.#beyond.has(one.message.seq)) this.#beyond.set(one.message.seq, one);
  }

  #find(messageId: string): Held | undefined {
    const seq = this.#idToSeq.get(messageId);
    return seq === undefined ? undefined : (this.#held.get(seq) ?? this.#beyond.get(seq));
  }

  readonly #known = {
    find: (id: string) => this.#find(id),
    withFile: (fileId: string) => [...this.#held.values(), ...this.#beyond.values()].filter(({ message }) => hasFile(message, fileId)),
  };

  #cover(messages: readonly Message[]): void {
    const from = messages[0]?.seq;
    const to = messages.at(-1)?.seq;
    if (from === undefined || to === undefined) return;
    this.#covered = { from: Math.min(from, this.#covered?.from ?? from), to: Math.max(to, this.#covered?.to ?? to) };
  }
}
