import { because, currentCause, inSpanOfAll, isTraced, isTracing, type Cause } from '@atrium/bus';
import { AppError, type Message } from '@atrium/contracts';
import { Membership, asUnavailable } from '@atrium/database';
import { Injectable, Logger } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DatabaseError } from 'pg';
import { SendBatchRepository } from './send-batch.repository.ts';
import type { Decision, Send } from './send-decisions.ts';
import { SendTeller } from './send-teller.ts';

export type SendOutcome = { message: Message; deduplicated: boolean };

type Waiting = {
  send: Send;
  doubted: boolean;
  resolve: (outcome: SendOutcome) => void;
  reject: (error: unknown) => void;
  /** Of the few that are traced. */
  cause?: Cause | undefined;
};

/**
 * A commit takes about as long for one message as for these, and while it runs, gateways read and deliver others. More
 * at once would only make all of them take turns. The length, in UTF-16 units, keeps a commit within what one message
 * of NATS holds, however much longer JSON makes it.
 */
const MAX_BATCH = { sends: 500, length: 100_000 };
/** More than could be stored before their callers give up. */
const MAX_WAITING = 10_000;

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
    private readonly teller: SendTeller,
    private readonly membership: Membership,
  ) {}

  /** Resolves once the message is committed. @throws AppError the refusal, or `service_unavailable` to be retried */
  send(send: Send): Promise<SendOutcome> {
    if (this.waiting.length >= MAX_WAITING) return Promise.reject(notNow());
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { send, doubted: false, resolve, reject };
      if (isTraced()) waiting.cause = currentCause();
      this.enqueue(waiting);
    });
  }

  private enqueue(waiting: Waiting): void {
    this.waiting.push(waiting);
    if (this.writing) return;
    this.writing = true;
    // The loop serves many: it is no part of what happened to start it.
    if (currentCause()) void because({}, () => this.write());
    else void this.write();
  }

  /** Before each batch the loop turns once: what came in the same bus message, or lies ready behind it, joins. */
  private async write(): Promise<void> {
    for (await nextTurn(); this.waiting.length > 0; await nextTurn()) {
      this.dropOverdue();
      await this.writeBatch(this.waiting.splice(0, batchSize(this.waiting)));
    }
    this.writing = false;
  }

  /** Their callers have given up and will come again: storing them now would only make others late too. */
  private dropOverdue(): void {
    const now = Date.now();
    while (this.waiting[0] && this.waiting[0].send.deadlineAt <= now)
      this.waiting.shift()!.reject(new AppError('deadline_exceeded', undefined, { retryAfterSeconds: 1 }));
  }

  private async writeBatch(batch: Waiting[]): Promise<void> {
    if (batch.length === 0) return;
    try {
      const decisions = await this.store(batch);
      batch.forEach((item, index) => this.settle(item, decisions[index]!));
    } catch (error) {
      const parts = partsOf(batch, error);
      for (const part of parts) await this.writeBatch(part);
      if (parts.length > 0) return;
      this.logger.error(`a batch of ${batch.length} was not stored: ${(error as Error).message}`);
      // Whether it was committed may be unknown; the same clientId again finds out.
      for (const item of batch) item.reject(notNow(error));
    }
  }

  /** What has many causes is part of the trace of each that is traced; what none of them is, of no trace. */
  private store(batch: Waiting[]): Promise<Decision[]> {
    const sends = batch.map((item) => item.send);
    if (!isTracing()) return this.storeAndTell(sends);
    const causes = batch.flatMap(({ cause }) => cause ?? []);
    const about = { name: 'messages.commit', kind: 'internal', attributes: { sends: sends.length } } as const;
    return inSpanOfAll(causes, about, () => this.storeAndTell(sends));
  }

  private async storeAndTell(sends: readonly Send[]): Promise<Decision[]> {
    const committed = await this.batches.store(sends);
    this.teller.tell(committed);
    return committed.decisions;
  }

  private settle(item: Waiting, decision: Decision): void {
    if (decision.kind !== 'refuse') return item.resolve({ message: decision.message, deduplicated: decision.kind === 'repeat' });
    if (!decision.doubtful || item.doubted || item.send.asBot) return item.reject(decision.error);
    // The projection may lag behind a join or a promotion; the rooms service knows, and is asked once.
    this.membership.ask(item.send.roomId, item.send.authorId).then(
      () => this.enqueue({ ...item, doubted: true }),
      (error: unknown) => item.reject(asUnavailable(error)),
    );
  }
}

/** How many of those that wait, at least one, fit one commit. */
function batchSize(waiting: readonly Waiting[]): number {
  let length = 0;
  const fitting = waiting.slice(0, MAX_BATCH.sends).findIndex(({ send }) => (length += send.body.length) > MAX_BATCH.length);
  return fitting < 0 ? Math.min(waiting.length, MAX_BATCH.sends) : Math.max(1, fitting);
}

function notNow(cause?: unknown): AppError {
  return new AppError(
    'service_unavailable',
    'The message could not be stored now; send it again with the same clientId.',
    { retryAfterSeconds: 1 },
    { cause },
  );
}

/**
 * The batches to try instead where one send or one room is to blame, so that it does not take the others with it: data
 * that PostgreSQL cannot store (classes 22 and 23 of SQLSTATE), or a room that somebody else holds locked (55P03).
 */
function partsOf(batch: Waiting[], error: unknown): Waiting[][] {
  const code = error instanceof DatabaseError ? (error.code ?? '') : '';
  const key = /^2[23]/.test(code) ? ({ send }: Waiting) => send.id : code === '55P03' ? ({ send }: Waiting) => send.roomId : undefined;
  if (!key) return [];
  const parts = [...Map.groupBy(batch, key).values()];
  return parts.length > 1 ? parts : [];
}
