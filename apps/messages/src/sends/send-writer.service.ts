import { Signals } from '@atrium/bus';
import { AppError, messageSignals, type Message } from '@atrium/contracts';
import { Injectable, Logger } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DatabaseError } from 'pg';
import { AccessService } from '../access/access.service.ts';
import { SendBatchRepository } from './send-batch.repository.ts';
import type { Decision, Send } from './send-decisions.ts';

export type SendOutcome = { message: Message; deduplicated: boolean };

type Waiting = { send: Send; doubted: boolean; resolve: (outcome: SendOutcome) => void; reject: (error: unknown) => void };

/**
 * A commit takes about as long for one message as for these, and while it runs, gateways read and deliver others. More
 * at once would only make all of them take turns. The length, in UTF-16 units, keeps a commit within what one message
 * of NATS holds, however much longer JSON makes it.
 */
const MAX_BATCH = { sends: 250, length: 100_000 };

/**
 * Gathers the sends that arrive while a batch is being committed and stores them together in the next one. A lone
 * send is stored at once: no timer. One batch at a time, because two would only wait for each other's rooms.
 */
@Injectable()
export class SendWriter {
  private readonly logger = new Logger('send-writer');
  private waiting: Waiting[] = [];
  private writing = false;

  constructor(
    private readonly batches: SendBatchRepository,
    private readonly access: AccessService,
    private readonly signals: Signals,
  ) {}

  /** Resolves once the message is committed. @throws AppError the refusal, or `service_unavailable` to be retried */
  send(send: Send): Promise<SendOutcome> {
    return new Promise((resolve, reject) => this.enqueue({ send, doubted: false, resolve, reject }));
  }

  private enqueue(waiting: Waiting): void {
    this.waiting.push(waiting);
    if (this.writing) return;
    this.writing = true;
    void this.write();
  }

  /** Before each batch the loop turns once: what came in the same bus message, or lies ready behind it, joins. */
  private async write(): Promise<void> {
    for (await nextTurn(); this.waiting.length > 0; await nextTurn()) {
      await this.writeBatch(this.waiting.splice(0, batchSize(this.waiting)));
    }
    this.writing = false;
  }

  private async writeBatch(batch: Waiting[]): Promise<void> {
    try {
      const decisions = await this.batches.store(batch.map((item) => item.send));
      batch.forEach((item, index) => this.settle(item, decisions[index]!));
    } catch (error) {
      if (batch.length > 1 && isFaultOfData(error)) return this.writeOneByOne(batch);
      this.logger.error(`a batch of ${batch.length} was not stored: ${(error as Error).message}`);
      // Whether it was committed may be unknown; the same clientId again finds out.
      const refusal = new AppError('service_unavailable', 'The message could not be stored now; send it again with the same clientId.', { retryAfterSeconds: 1 }, { cause: error });
      for (const item of batch) item.reject(refusal);
    }
  }

  /** One of them is nothing PostgreSQL can store; that is no reason to refuse the others. */
  private async writeOneByOne(batch: Waiting[]): Promise<void> {
    for (const item of batch) await this.writeBatch([item]);
  }

  private settle(item: Waiting, decision: Decision): void {
    if (decision.kind === 'store') this.tellMentioned(decision.message);
    if (decision.kind !== 'refuse') return item.resolve({ message: decision.message, deduplicated: decision.kind === 'repeat' });
    if (!decision.doubtful || item.doubted || item.send.asBot) return item.reject(decision.error);
    // The projection may lag behind a join or a promotion; the rooms service knows, and is asked once.
    this.access.refresh(item.send.roomId, item.send.authorId).then(
      (changed) => (changed ? this.enqueue({ ...item, doubted: true }) : item.reject(decision.error)),
      (error: unknown) => item.reject(error),
    );
  }

  private tellMentioned({ id: messageId, roomId, seq, authorId, mentions }: Message): void {
    for (const userId of mentions.userIds) {
      if (userId !== authorId) this.signals.send(messageSignals.mentioned, { userId, roomId, messageId, seq, reasons: ['mention'] });
    }
  }
}

/** How many of those that wait, at least one, fit one commit. */
function batchSize(waiting: readonly Waiting[]): number {
  let length = 0;
  const fitting = waiting.slice(0, MAX_BATCH.sends).findIndex(({ send }) => (length += send.body.length) > MAX_BATCH.length);
  return fitting < 0 ? Math.min(waiting.length, MAX_BATCH.sends) : Math.max(1, fitting);
}

/** Classes 22 and 23 of SQLSTATE: the data or a constraint is to blame, and a repeat would meet the same. */
function isFaultOfData(error: unknown): boolean {
  return error instanceof DatabaseError && /^2[23]/.test(error.code ?? '');
}
