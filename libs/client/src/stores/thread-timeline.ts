import type { Message, TimelineEntry } from '@atrium/contracts';
import type { MessagePage, MessagesApi, PageQuery } from '../http/messages.api.ts';
import { Observable } from '../observable.ts';
import { type Held, applyToHeld, held, isUntold, onlyKnown } from './held-message.ts';
import { LateEntries } from './late-entries.ts';
import { MessageWindow, type WindowSnapshot } from './message-window.ts';

export type ThreadSnapshot = WindowSnapshot & { root: Message | undefined };

/** One thread: its root and the replies to it. */
export class ThreadTimeline extends Observable<ThreadSnapshot> {
  readonly #window: MessageWindow;
  #root: Held | undefined;
  readonly #late = new LateEntries();
  /** Raised when the thread starts over: a root asked for before is of another log. */
  #generation = 0;

  constructor(
    readonly roomId: string,
    readonly rootId: string,
    private readonly messages: MessagesApi,
    private readonly userId: () => string | undefined = () => undefined,
  ) {
    super();
    this.#window = new MessageWindow(
      (query) => this.#loadPage(query),
      (message) => message.parentId === rootId,
      userId,
    );
    this.#window.subscribe(() => this.changed());
  }

  load(around?: number): Promise<void> {
    return this.#window.load(around);
  }

  /** Something may have been missed: reads the page anew that was loaded last, and the root with it. */
  reload(): Promise<void> {
    return this.#window.reload();
  }

  /** The room's log is another one: forgets this one and loads anew. */
  restart(): Promise<void> {
    this.#generation += 1;
    this.#root = undefined;
    this.#window.reset();
    return this.#window.load();
  }

  loadBefore(): Promise<void> {
    return this.#window.loadBefore();
  }

  loadAfter(): Promise<void> {
    return this.#window.loadAfter();
  }

  apply(entries: readonly TimelineEntry[]): void {
    for (const entry of entries) {
      this.#late.hear(entry);
      this.#follow(entry);
    }
    this.#window.apply(entries);
  }

  protected build(): ThreadSnapshot {
    return { ...this.#window.snapshot(), root: this.#root?.message };
  }

  async #loadPage(query: PageQuery): Promise<MessagePage> {
    const generation = this.#generation;
    let replies: MessagePage = { items: [], hasBefore: false, hasAfter: false };
    await this.#late.during(
      () => this.messages.thread(this.roomId, this.rootId, query),
      (page, late) => {
        replies = { ...page, items: page.items.filter((message) => message.id !== this.rootId) };
        if (generation !== this.#generation) return;
        this.#root = held(page.root, 'page');
        for (const entry of late) this.#follow(entry);
      },
    );
    return replies;
  }

  #follow(entry: TimelineEntry): void {
    const root = this.#root;
    this.#root = applyToHeld(entry, onlyKnown(root), this.userId())[0] ?? root;
    // Any page of the thread brings the root; without an answer it stands as it was.
    if (isUntold(entry) && entry.messageId === this.rootId)
      void this.#loadPage({ limit: 1 }).then(
        () => this.changed(),
        () => undefined,
      );
  }
}
