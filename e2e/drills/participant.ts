import { AtriumClient, AtriumError } from '@atrium/client';
import type { TimelineEntry } from '@atrium/contracts';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { History, Seen, Send, View } from './history.ts';

const PASSWORD = 'correct horse battery';
const PATIENCE_MS = 180_000;
const RETRY_MS = 500;

function seenOf(entry: TimelineEntry): Seen {
  const seen = { seq: entry.seq, type: entry.type, at: Date.now() };
  return entry.type === 'message.created' ? { ...seen, messageId: entry.message.id } : seen;
}

/** Repeats what may be repeated until it succeeds, for three minutes. */
export async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  for (const giveUpAt = Date.now() + PATIENCE_MS; ;) {
    try {
      return await attempt();
    } catch (error) {
      const failure = AtriumError.from(error);
      if (!failure.retryable || Date.now() > giveUpAt) throw failure;
      await sleep((failure.retryAfterSeconds ?? 0) * 1000 + RETRY_MS);
    }
  }
}

/** Somebody with the SDK, who writes down what they did and what they were shown. */
export class Participant {
  readonly client: AtriumClient;
  userId = '';
  readonly #history: History;
  readonly #views = new Map<string, View>();
  readonly #loading = new Map<string, Promise<void>>();
  #sent = 0;

  constructor(gateway: string, history: History) {
    this.client = new AtriumClient({ baseUrl: gateway, tokenTransport: 'body' });
    this.#history = history;
  }

  /** Registers and connects. */
  async arrive(): Promise<void> {
    // A name of its own for each attempt: one whose answer was lost may have been registered.
    const register = () => this.client.auth.register({ username: `drill-${randomUUID().slice(0, 12)}`, password: PASSWORD });
    this.userId = (await patiently(register)).id;
    this.#history.people.push(this.userId);
    const { realtime } = this.client;
    realtime.on('timeline', ({ roomId, entries }) => this.#view(roomId, entries[0]!.seq).entries.push(...entries.map(seenOf)));
    realtime.on('reset', ({ roomId }) => this.#startOver(roomId));
    // Back in it some day, the room is another list.
    realtime.on('room.removed', ({ roomId }) => this.#views.delete(roomId));
    const ready = new Promise<void>((resolve) => realtime.on('ready', () => resolve()));
    realtime.open();
    await ready;
  }

  /** Puts a message on its way; its end is written down when it comes. */
  send(roomId: string, body: string): void {
    const { clientId } = this.client.realtime.send({ roomId, body });
    const send: Send = { clientId, roomId, userId: this.userId, place: this.#sent++, sentAt: Date.now() };
    this.#history.sends.push(send);
    this.client.realtime.outbox.receipt(clientId).then(
      ({ seq, messageId }) => (send.acknowledged = { at: Date.now(), seq, messageId }),
      (error: unknown) => {
        send.refused = AtriumError.from(error).code;
        // Refused for good, it would wait for its writer's decision.
        this.client.realtime.outbox.discard(clientId);
      },
    );
  }

  get unsettled(): number {
    return this.client.realtime.outbox.snapshot().filter(({ state }) => state === 'pending').length;
  }

  /** Does what must succeed; what is refused, or not to be had for too long, is written down. */
  async persist<T>(what: string, attempt: () => Promise<T>): Promise<T | undefined> {
    try {
      return await patiently(attempt);
    } catch (error) {
      this.#history.failures.push(`${what}: ${AtriumError.from(error).message}`);
      return undefined;
    }
  }

  /** Whether it was shown the room's log up to there. */
  async hasSeen(roomId: string, seq: number): Promise<boolean> {
    await this.#loading.get(roomId);
    const at = this.client.realtime.seqOf(roomId);
    // Let in where nothing was said since, they have a list that is empty.
    const view = this.#views.get(roomId) ?? (at === undefined ? undefined : this.#view(roomId, at + 1));
    return view !== undefined && (view.entries.at(-1)?.seq ?? view.from - 1) >= seq;
  }

  close(): void {
    this.client.realtime.close();
  }

  #view(roomId: string, firstSeq: number): View {
    const known = this.#views.get(roomId);
    if (known) return known;
    const view: View = { userId: this.userId, roomId, from: firstSeq, entries: [] };
    this.#views.set(roomId, view);
    this.#history.views.push(view);
    return view;
  }

  /** What was known of the room is void: everything up to where the socket goes on is read again. */
  #startOver(roomId: string): void {
    this.#history.resets.push({ userId: this.userId, roomId });
    const upTo = this.client.realtime.seqOf(roomId) ?? 0;
    const view = this.#view(roomId, 1);
    const later: Seen[] = [];
    Object.assign(view, { from: 1, entries: later });
    const loading = this.#read(roomId, upTo).then((entries) => {
      // Told to start over once more meanwhile, it has begun another list.
      if (view.entries !== later) return;
      // Put out while they read, they have what came since.
      if (entries) view.entries = [...entries, ...later];
      else view.from = upTo + 1;
    });
    this.#loading.set(roomId, loading);
  }

  /** @returns nothing when they were put out meanwhile */
  async #read(roomId: string, upTo: number): Promise<Seen[] | undefined> {
    const entries: Seen[] = [];
    for (let after = 0; after < upTo;) {
      const page = await patiently(() => this.client.messages.events(roomId, after)).catch((error: unknown) =>
        this.#unlessRemoved(roomId, error),
      );
      if (!page) return undefined;
      if (page.items.length === 0) break;
      entries.push(...page.items.filter(({ seq }) => seq <= upTo).map(seenOf));
      after = page.items.at(-1)!.seq;
    }
    return entries;
  }

  /** Who is put out while they read on has nothing to read. */
  #unlessRemoved(roomId: string, error: unknown): void {
    const failure = AtriumError.from(error);
    if (this.#views.has(roomId) && failure.code !== 'not_a_member') this.#history.failures.push(`reading a room again: ${failure.message}`);
  }
}
