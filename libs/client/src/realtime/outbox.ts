import type { ClientFrame, Message, SendReceipt } from '@atrium/contracts';
import { AtriumError } from '../errors.ts';
import { newId } from '../ids.ts';
import { Observable } from '../observable.ts';
import { Lanes } from './lane.ts';
import { type Draft, type OutboxItem, anItem } from './outbox-item.ts';
import { type OutboxStore, fromKept, toKept } from './outbox-store.ts';
import { Receipts } from './receipts.ts';
import { fitsFrame, frameOf } from './send-frame.ts';
import { TabLeader } from './tab-leader.ts';

export type OutboxDoor = {
  sendFrame: (frame: ClientFrame<'message.send'>) => boolean;
  /** For a message too large for one frame. */
  sendRequest: (item: OutboxItem) => Promise<Message>;
};

const ACK_WITHIN_MS = 10_000;
/** A request ends by itself before that; its message must not hold up a room for ever should it not. */
const REQUEST_WITHIN_MS = 60_000;
/** A store that does not answer keeps nobody from sending. */
const READ_WITHIN_MS = 3000;

/** Messages on their way: kept until acknowledged, sent again with the same `clientId` as often as it takes, a room's in order. */
export class Outbox extends Observable<readonly OutboxItem[]> {
  readonly #items = new Map<string, OutboxItem>();
  readonly #receipts = new Receipts();
  readonly #lanes = new Lanes();
  /** Found in the store: another tab may have them, too, and may settle them first. */
  readonly #adopted = new Set<string>();
  readonly #leader: TabLeader;
  #owner: string | undefined;
  /** While it is read what was left, nothing goes out: what was left comes first. */
  #reading = 0;
  /** Each change of what is kept, after the one before. */
  #writing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly door: OutboxDoor,
    private readonly store?: OutboxStore,
    private readonly ackWithinMs = ACK_WITHIN_MS,
  ) {
    super();
    this.#leader = new TabLeader(store?.locks);
  }

  /**
   * Takes up what this user left unsent, here or in a tab that is gone, once it is known who that is. Of several tabs one
   * takes up what those that go have left. @returns once what can be taken up now is
   */
  async belongTo(userId: string): Promise<void> {
    if (this.#owner !== undefined && this.#owner !== userId) this.clear();
    if (this.#owner === undefined) {
      this.#owner = userId;
      for (const item of this.#items.values()) this.#keep(item);
    }
    if (!this.store) return;
    this.#reading += 1;
    try {
      await Promise.race([this.#lead(userId), new Promise((resolve) => setTimeout(resolve, READ_WITHIN_MS))]);
    } finally {
      this.#reading -= 1;
      this.#advanceAll();
    }
  }

  add(draft: Draft, clientId: string = newId()): OutboxItem {
    const item = anItem(draft, clientId);
    this.#put(item);
    this.#advance(item.roomId);
    return item;
  }

  /** Settles when the server stored the message or refused it, or when it is given up here. */
  receipt(clientId: string): Promise<SendReceipt> {
    const item = this.#items.get(clientId);
    return item?.error ? Promise.reject(item.error) : this.#receipts.wait(clientId, item !== undefined);
  }

  retry(clientId: string): void {
    const item = this.#items.get(clientId);
    if (item?.state !== 'failed') return;
    const { error: _, ...rest } = item;
    const again: OutboxItem = { ...rest, state: 'pending' };
    this.#adopted.delete(clientId);
    this.#put(again);
    this.#advance(again.roomId);
  }

  discard(clientId: string): void {
    const item = this.#items.get(clientId);
    this.#drop(clientId);
    this.#receipts.refuse(clientId, AtriumError.local('aborted'));
    this.changed();
    if (item) this.#pass(item);
  }

  /** Online again: everything unacknowledged goes out once more, in the order it was written. */
  flush(): void {
    for (const { roomId } of this.#items.values()) this.#lanes.of(roomId).free();
    this.#advanceAll();
  }

  /** Resolves once everything that was to be kept is. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  acknowledged(clientId: string, receipt: SendReceipt): void {
    const item = this.#items.get(clientId);
    this.#receipts.give(clientId, receipt);
    if (!item) return;
    this.#put({ ...item, state: 'sent', seq: receipt.seq });
    this.#pass(item);
  }

  refused(clientId: string, error: AtriumError): void {
    const item = this.#items.get(clientId);
    // Sent twice, it may be stored by the one and refused by the other (too fast, muted since): stored it is.
    if (item?.state !== 'pending') return;
    if (error.retryable || error.code === 'unauthenticated') return this.#deliverLater(item, error);
    this.#put({ ...item, state: 'failed', error });
    this.#receipts.refuse(clientId, error);
    this.#pass(item);
  }

  /** The room's log has come this far: what it contains now speaks for itself. */
  arrived(roomId: string, seq: number): void {
    for (const item of this.#items.values()) {
      if (item.roomId === roomId && item.state === 'sent' && (item.seq ?? 0) <= seq) this.discard(item.clientId);
    }
  }

  /** The entry of one of our messages came, perhaps before its acknowledgement. */
  appeared(clientId: string, receipt: SendReceipt): void {
    if (!this.#items.has(clientId)) return;
    this.#receipts.give(clientId, receipt);
    this.discard(clientId);
  }

  /** Leaves the outbox to whoever comes next; what is unsent waits in the store for its owner. */
  clear(): void {
    this.#leader.give();
    this.#lanes.clear();
    this.#items.clear();
    this.#adopted.clear();
    this.#receipts.clear();
    this.#owner = undefined;
    this.changed();
  }

  protected build(): readonly OutboxItem[] {
    return [...this.#items.values()];
  }

  /** The oldest message that waits in a room goes out, unless one is under way there. */
  #advance(roomId: string): void {
    if (this.#reading > 0 || this.#lanes.of(roomId).isBusy) return;
    const next = [...this.#items.values()].find((item) => item.roomId === roomId && item.state === 'pending');
    if (next) this.#deliver(next);
  }

  /** It is decided what became of a message: the turn is the next one's. */
  #pass({ roomId, clientId }: OutboxItem): void {
    const lane = this.#lanes.of(roomId);
    if (lane.isTakenBy(clientId)) lane.settled();
    this.#advance(roomId);
  }

  #deliver(item: OutboxItem): void {
    if (this.#adopted.has(item.clientId)) void this.#deliverAdopted(item);
    else this.#dispatch(item);
  }

  #dispatch(item: OutboxItem): void {
    const { roomId, clientId } = item;
    const lane = this.#lanes.of(roomId);
    const frame = frameOf(item);
    const isLarge = !fitsFrame(frame);
    if (isLarge) this.#deliverByRequest(item);
    else if (!this.door.sendFrame(frame)) return lane.free();
    lane.take(clientId, isLarge ? REQUEST_WITHIN_MS : this.ackWithinMs, () => this.#deliver(item));
  }

  /** Whoever wrote it may have settled it meanwhile. It keeps its turn while that is looked up. */
  async #deliverAdopted(item: OutboxItem): Promise<void> {
    const { roomId, clientId } = item;
    const owner = this.#owner;
    this.#lanes.of(roomId).take(clientId, this.ackWithinMs, () => this.#deliver(item));
    const isUnsent = owner === undefined || ((await this.store?.holds(owner, clientId).catch(() => true)) ?? true);
    if (owner !== this.#owner || !this.#items.has(clientId)) return;
    if (!isUnsent) return this.discard(clientId);
    this.#dispatch(item);
  }

  #deliverByRequest(item: OutboxItem): void {
    this.door.sendRequest(item).then(
      (message) => this.acknowledged(item.clientId, { messageId: message.id, seq: message.seq, createdAt: message.createdAt }),
      (error: unknown) => this.refused(item.clientId, AtriumError.from(error)),
    );
  }

  #deliverLater(item: OutboxItem, error: AtriumError): void {
    const lane = this.#lanes.of(item.roomId);
    // Otherwise tried again meanwhile, behind another one: it gets its turn.
    if (lane.isTakenBy(item.clientId)) lane.postpone((error.retryAfterSeconds ?? 0) * 1000, () => this.#deliver(item));
  }

  #put(item: OutboxItem): void {
    this.#items.set(item.clientId, item);
    this.changed();
    this.#keep(item);
  }

  #drop(clientId: string): void {
    this.#items.delete(clientId);
    this.#adopted.delete(clientId);
    const { owner, store } = { owner: this.#owner, store: this.store };
    if (owner !== undefined && store) this.#write(() => store.drop(owner, clientId));
  }

  /** What was refused is kept like what waits: its text is its writer's, until they send it again or discard it. */
  #keep(item: OutboxItem): void {
    const { owner, store } = { owner: this.#owner, store: this.store };
    if (owner === undefined || !store) return;
    this.#write(() => (item.state === 'sent' ? store.drop(owner, item.clientId) : store.keep(owner, toKept(item))));
  }

  /** No room is no reason not to send: the message lives as long as this page. */
  #write(change: () => Promise<void>): void {
    this.#writing = this.#writing.then(change).catch(() => undefined);
  }

  async #lead(userId: string): Promise<void> {
    if (await this.#leader.claim(`atrium.outbox.${userId}`, () => void this.#takeUp(userId))) await this.#takeUp(userId);
  }

  async #takeUp(userId: string): Promise<void> {
    await this.#writing;
    const kept = (await this.store?.all(userId).catch(() => [])) ?? [];
    if (this.#owner !== userId) return;
    const left = kept.filter(({ clientId }) => !this.#items.has(clientId)).map(fromKept);
    const written = [...this.#items.values()];
    this.#items.clear();
    for (const item of [...left.sort(byAge), ...written]) this.#items.set(item.clientId, item);
    for (const item of left) this.#adopted.add(item.clientId);
    this.changed();
    this.#advanceAll();
  }

  #advanceAll(): void {
    for (const roomId of new Set([...this.#items.values()].map((item) => item.roomId))) this.#advance(roomId);
  }
}

const byAge = (a: OutboxItem, b: OutboxItem): number => compare(a.createdAt, b.createdAt) || compare(a.clientId, b.clientId);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
