import type { Message, TimelineEntry } from '@atrium/contracts';
import type { MessagesApi } from '../http/messages.api.ts';
import { Observable } from '../observable.ts';
import { type Held, applyToHeld, held } from './held-message.ts';
import { MessageWindow, type WindowSnapshot } from './message-window.ts';

export type ThreadSnapshot = WindowSnapshot & { root: Message | undefined };

/** One thread: its root and the replies to it. */
export class ThreadTimeline extends Observable<ThreadSnapshot> {
  readonly #window: MessageWindow;
  #root: Held | undefined;

  constructor(
    readonly roomId: string,
    readonly rootId: string,
    messages: MessagesApi,
  ) {
    super();
    this.#window = new MessageWindow(
      async (query) => {
        const page = await messages.thread(roomId, rootId, query);
        this.#root = held(page.root, 'page');
        return { ...page, items: page.items.filter((message) => message.id !== rootId) };
      },
      (message) => message.parentId === rootId,
    );
    this.#window.subscribe(() => this.changed());
  }

  load(around?: number): Promise<void> {
    return this.#window.load(around);
  }

  loadBefore(): Promise<void> {
    return this.#window.loadBefore();
  }

  loadAfter(): Promise<void> {
    return this.#window.loadAfter();
  }

  apply(entries: readonly TimelineEntry[]): void {
    for (const entry of entries) {
      this.#root = applyToHeld(entry, (id) => (this.#root?.message.id === id ? this.#root : undefined)) ?? this.#root;
    }
    this.#window.apply(entries);
  }

  protected build(): ThreadSnapshot {
    return { ...this.#window.snapshot(), root: this.#root?.message };
  }
}
