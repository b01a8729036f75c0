import type { SendReceipt } from '@atrium/contracts';
import { AtriumError } from '../errors.ts';

type Waiter = { resolve: (receipt: SendReceipt) => void; reject: (error: AtriumError) => void };
/** Of so many of the latest messages it stays known what became of them. */
const REMEMBERED = 200;

/** Who waits to hear what becomes of a message. Everyone is told, whenever they ask. */
export class Receipts {
  readonly #waiters = new Map<string, Waiter[]>();
  readonly #given = new Map<string, SendReceipt>();

  /** @param isOnItsWay whether something will still become of it */
  wait(clientId: string, isOnItsWay: boolean): Promise<SendReceipt> {
    const given = this.#given.get(clientId);
    if (given) return Promise.resolve(given);
    if (!isOnItsWay) return Promise.reject(AtriumError.local('aborted'));
    return new Promise((resolve, reject) => {
      this.#waiters.set(clientId, [...(this.#waiters.get(clientId) ?? []), { resolve, reject }]);
    });
  }

  give(clientId: string, receipt: SendReceipt): void {
    this.#given.set(clientId, receipt);
    const [oldest] = this.#given.keys();
    if (this.#given.size > REMEMBERED && oldest !== undefined) this.#given.delete(oldest);
    this.#settle(clientId, (waiter) => waiter.resolve(receipt));
  }

  refuse(clientId: string, error: AtriumError): void {
    this.#settle(clientId, (waiter) => waiter.reject(error));
  }

  clear(): void {
    for (const clientId of [...this.#waiters.keys()]) this.refuse(clientId, AtriumError.local('aborted'));
    this.#given.clear();
  }

  #settle(clientId: string, tell: (waiter: Waiter) => void): void {
    const waiters = this.#waiters.get(clientId) ?? [];
    this.#waiters.delete(clientId);
    for (const waiter of waiters) tell(waiter);
  }
}
