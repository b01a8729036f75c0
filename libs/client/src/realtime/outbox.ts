import type { ClientFrame, Message, SendReceipt } from '@atrium/contracts';
import { AtriumError } from '../errors.ts';
import type { KeyValueStorage } from '../http/session.ts';
import { newId } from '../ids.ts';
import { Observable } from '../observable.ts';
import { Lanes } from './lane.ts';
import { type Draft, type OutboxItem, anItem } from './outbox-item.ts';
import { OutboxShelf } from './outbox-shelf.ts';
import { Receipts } from './receipts.ts';
import { fitsFrame, frameOf } from './send-frame.ts';

export type OutboxDoor = {
  sendFrame: (frame: ClientFrame<'message.send'>) => boolean;
  /** For a message too large for one frame. */
  sendRequest: (item: OutboxItem) => Promise<Message>;
};

const ACK_WITHIN_MS = 10_000;
/** A request ends by itself before that; its message must not hold up a room for ever should it not. */
const REQUEST_WITHIN_MS = 60_000;

/** Messages on their way: kept until acknowledged, sent again with the same `clientId` as often as it takes, a room's in order. */
export class Outbox extends Observable<readonly OutboxItem[]> {
  readonly #items = new Map<string, OutboxItem>();
  readonly #receipts = new Receipts();
  readonly #lanes = new Lanes();
  /** Found on the shelf: another tab may have them, too, and may settle them first. */
  readonly #adopted = new Set<string>();
  readonly #shelf: OutboxShelf;
  #owner: string | undefined;

  constructor(
    private readonly door: OutboxDoor,
    storage?: KeyValueStorage,
    private readonly ackWithinMs = ACK_WITHIN_MS,
  ) {
    super();
    this.#shelf = new OutboxShelf(storage);
  }

  /** Takes up what this user left unsent, here or in a tab that is gone, once it is known who that is. */
  belongTo(userId: string): void {
    if (this.#owner !== undefined && this.#owner !== userId) this.clear();
    const written = [...this.#items.values()];
    const isNew = this.#owner === undefined;
    this.#owner = userId;
    if (isNew) for (const item of written) this.#store(item);
    const left = this.#shelf.all(userId).filter((item) => !this.#items.has(item.clientId));
    this.#items.clear();
    for (const item of [...left, ...written]) this.#items.set(item.clientId, item);
    for (const item of left) this.#adopted.add(item.clientId);
    this.changed();
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
    for (const roomId of new Set([...this.#items.values()].map((item) => item.roomId))) {
      this.#lanes.of(roomId).free();
      this.#advance(roomId);
    }
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

  /** Leaves the outbox to whoever comes next; what is unsent waits on the shelf for its owner. */
  clear(): void {
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
    if (this.#lanes.of(roomId).isBusy) return;
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
    const { roomId, clientId } = item;
    const lane = this.#lanes.of(roomId);
    if (this.#isSettledElsewhere(clientId)) return this.discard(clientId);
    const frame = frameOf(item);
    const isLarge = !fitsFrame(frame);
    if (isLarge) this.#deliverByRequest(item);
    else if (!this.door.sendFrame(frame)) return lane.free();
    lane.take(clientId, isLarge ? REQUEST_WITHIN_MS : this.ackWithinMs, () => this.#deliver(item));
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
    this.#store(item);
  }

  #drop(clientId: string): void {
    this.#items.delete(clientId);
    this.#adopted.delete(clientId);
    if (this.#owner !== undefined) this.#shelf.drop(this.#owner, clientId);
  }

  #store(item: OutboxItem): void {
    if (this.#owner === undefined) return;
    if (item.state === 'pending') this.#shelf.keep(this.#owner, item);
    else this.#shelf.drop(this.#owner, item.clientId);
  }

  #isSettledElsewhere(clientId: string): boolean {
    return this.#owner !== undefined && this.#adopted.has(clientId) && !this.#shelf.holds(this.#owner, clientId);
  }
}
