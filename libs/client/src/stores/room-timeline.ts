import type { Message, TimelineEntry } from '@atrium/contracts';
import type { MessagesApi } from '../http/messages.api.ts';
import { isInRoom } from '../in-room.ts';
import { Observable } from '../observable.ts';
import { MessageWindow, type WindowSnapshot } from './message-window.ts';

type Page = Awaited<ReturnType<MessagesApi['page']>>;

/** An entry that is not a message but worth a quiet line. */
export type Note = Exclude<TimelineEntry, { type: `message.${string}` } | { type: `reaction.${string}` } | { type: 'file.status' }>;
export type RoomTimelineSnapshot = WindowSnapshot & { notes: readonly Note[] };

const PAGE_SIZE = 50;
/** A stretch with more entries than this beside its messages is shown without them. */
const MAX_NOTE_PAGES = 3;
const EVENTS_PAGE = 100;

/** One room's conversation: its messages (threads aside) and what else happened between them. */
export class RoomTimeline extends Observable<RoomTimelineSnapshot> {
  readonly #window: MessageWindow;
  readonly #notes = new Map<number, Note>();
  /** The notes last shown; the same list until one of them changes. */
  #shown: readonly Note[] = [];
  /** Raised when the room starts over: notes asked for before are of another log. */
  #generation = 0;

  constructor(
    readonly roomId: string,
    private readonly messages: Pick<MessagesApi, 'page' | 'events'>,
    userId: () => string | undefined = () => undefined,
  ) {
    super();
    this.#window = new MessageWindow(
      async (query) => {
        const generation = this.#generation;
        const page = await messages.page(roomId, { limit: PAGE_SIZE, ...query });
        if (generation === this.#generation) void this.#loadNotes(page);
        return page;
      },
      isInRoom,
      userId,
    );
    this.#window.subscribe(() => this.changed());
  }

  load(around?: number): Promise<void> {
    return this.#window.load(around);
  }

  /** Something may have been missed: reads the page anew that was loaded last. */
  reload(): Promise<void> {
    return this.#window.reload();
  }

  /** The room's log is another one: forgets this one and loads anew. */
  restart(): Promise<void> {
    this.#generation += 1;
    this.#notes.clear();
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
    for (const entry of entries) if (isNote(entry)) this.#notes.set(entry.seq, entry);
    this.#window.apply(entries);
  }

  replace(message: Message): void {
    this.#window.replace(message);
  }

  get(messageId: string): Message | undefined {
    return this.#window.get(messageId);
  }

  protected build(): RoomTimelineSnapshot {
    const state = this.#window.snapshot();
    const from = state.hasBefore ? (state.messages[0]?.seq ?? 0) : 0;
    const to = state.hasAfter ? (state.messages.at(-1)?.seq ?? 0) : Number.POSITIVE_INFINITY;
    const shown = [...this.#notes.values()].filter((note) => note.seq >= from && note.seq <= to).sort((a, b) => a.seq - b.seq);
    if (shown.length !== this.#shown.length || shown.some((note, index) => note !== this.#shown[index])) this.#shown = shown;
    return { ...state, notes: this.#shown };
  }

  /** A message page leaves out who came and went; holes in its numbers tell that there is something to ask for. */
  async #loadNotes({ items, hasBefore, hasAfter }: Page): Promise<void> {
    const first = hasBefore ? (items[0]?.seq ?? 1) - 1 : 0;
    const last = items.at(-1)?.seq ?? first;
    if (last - first > items.length) await this.#loadNotesBetween(first, last);
    // What happened after the newest message has no later one to show that it is missing.
    if (!hasAfter) await this.#loadNotesBetween(last, Number.POSITIVE_INFINITY);
  }

  async #loadNotesBetween(first: number, last: number): Promise<void> {
    const generation = this.#generation;
    let after = first;
    for (let round = 0; round < MAX_NOTE_PAGES && after < last; round += 1) {
      // Notes are an ornament: the conversation stands without them, and the next page asks again.
      const events = await this.messages.events(this.roomId, after, EVENTS_PAGE).catch(() => undefined);
      if (!events || generation !== this.#generation) return;
      for (const entry of events.items) if (isNote(entry)) this.#notes.set(entry.seq, entry);
      this.changed();
      if (!events.hasAfter) return;
      after = events.items.at(-1)?.seq ?? last;
    }
  }
}

const NOTE_TYPES: ReadonlySet<string> = new Set<Note['type']>([
  'member.joined',
  'member.left',
  'member.kicked',
  'member.banned',
  'member.unbanned',
  'member.muted',
  'member.role',
  'host.changed',
  'room.updated',
  'bot.toggled',
  'file.added',
  'file.deleted',
  'messages.inspected',
]);

const isNote = (entry: TimelineEntry): entry is Note => NOTE_TYPES.has(entry.type);
