import { RpcClient, type CallOptions, type ReceivedDeadLetter } from '@atrium/bus';
import { AppError, redeliveryTo, type DeadLetter, type OutputOf, type ParsedInputOf, type accounts } from '@atrium/contracts';
import { AuditLog, transact } from '@atrium/database';
import { readIdCursor } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { DeadLettersRepository, type KeptLetter } from './dead-letters.repository.ts';
import { shownPayload } from './shown-payload.ts';

type Act = { actorId: string; letterId: string; reason: string };

/** What admins do with events that a consumer gave up. Each act has its line in the audit log, in its transaction. */
@Injectable()
export class DeadLettersService {
  constructor(
    private readonly em: EntityManager,
    private readonly rpc: RpcClient,
    private readonly letters: DeadLettersRepository,
    private readonly audit: AuditLog,
  ) {}

  async keep(letter: ReceivedDeadLetter): Promise<void> {
    await this.letters.keep(this.em, letter);
  }

  async list({
    consumer,
    cursor,
    limit,
  }: ParsedInputOf<typeof accounts.adminDeadLetters>): Promise<OutputOf<typeof accounts.adminDeadLetters>> {
    const found = await this.letters.open(this.em, consumer, readIdCursor(cursor), limit + 1);
    const counts = await this.letters.counts(this.em);
    const items = found.slice(0, limit);
    return {
      items: items.map(closed),
      nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null,
      total: counts.reduce((total, { count }) => total + count, 0),
    };
  }

  async open(letterId: string): Promise<OutputOf<typeof accounts.adminDeadLetter>> {
    const letter = await this.get(letterId);
    return { ...closed(letter), payload: shownPayload(letter.payload) };
  }

  /**
   * Outside of a transaction: whoever handles it may take as long as it takes, and handles it once however often it is sent.
   * @throws AppError `redelivery_failed` with what the handler failed with; the letter stays
   */
  async redeliver({ actorId, letterId, reason }: Act, call: CallOptions): Promise<void> {
    const letter = await this.get(letterId);
    const { eventId: id, subject, payload } = letter;
    const error = await this.rpc.call(redeliveryTo(letter.consumer, letter.process), { id, subject, payload }, call).then(
      (reply) => reply.error,
      (failure: unknown) => this.unanswered({ actorId, letterId, reason }, letter, AppError.from(failure)),
    );
    await transact(this.em, async (tx) => {
      if (error === null) await this.letters.settle(tx, letterId);
      else await this.letters.failAgain(tx, letterId, error);
      await this.note(
        tx,
        { actorId, letterId, reason },
        { action: 'letter.redelivered', letter, outcome: error === null ? 'handled' : 'failed' },
      );
    });
    if (error !== null) throw new AppError('redelivery_failed', error);
  }

  async discard({ actorId, letterId, reason }: Act): Promise<void> {
    await transact(this.em, async (tx) => {
      const letter = await this.letters.find(tx, letterId);
      if (!letter || !(await this.letters.settle(tx, letterId))) throw new AppError('dead_letter_not_found');
      await this.note(tx, { actorId, letterId, reason }, { action: 'letter.discarded', letter });
    });
  }

  private async get(letterId: string): Promise<KeptLetter> {
    const letter = await this.letters.find(this.em, letterId);
    if (!letter) throw new AppError('dead_letter_not_found');
    return letter;
  }

  /** Whether it was handled is not known, so it stays and can be sent again. */
  private async unanswered(act: Act, letter: KeptLetter, failure: AppError): Promise<never> {
    await transact(this.em, (tx) => this.note(tx, act, { action: 'letter.redelivered', letter, outcome: failure.code }));
    throw failure;
  }

  private async note(
    tx: EntityManager,
    { actorId, letterId, reason }: Act,
    { action, letter, outcome }: { action: string; letter: KeptLetter; outcome?: string },
  ): Promise<void> {
    const { consumer, eventId, subject } = letter;
    const details = { consumer, eventId, subject, ...(outcome && { outcome }) };
    await this.audit.record(tx, { actorId, action, targetId: letterId, reason, details });
  }
}

const closed = ({ payload: _payload, ...letter }: KeptLetter): DeadLetter => letter;
