import { AppError } from '@atrium/contracts';
import { oneAtATime, transact, uuidv7 } from '@atrium/database';
import { addressBlock, PasswordHasher } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { PasswordAttemptEntity } from './password-attempt.entity.ts';

const WINDOW_MS = 15 * 60 * 1000;
const WRONG_PER_USER_AND_ROOM = 5;
const WRONG_PER_ADDRESS = 20;

export type Guess = { userId: string; roomId: string; address: string; password: string };

/**
 * Checks room passwords and counts the wrong ones, in PostgreSQL: what cannot be counted is not checked. Nothing
 * lifts the guard, the right password included, because who guesses in parallel would otherwise win.
 */
@Injectable()
export class PasswordGuard {
  private ofNobody: Promise<string> | undefined;

  constructor(
    private readonly em: EntityManager,
    private readonly hasher: PasswordHasher,
  ) {}

  /**
   * @param passwordHash null where no password could be right: that takes as long and counts as much
   * @param isHidden whether the room must answer as if it did not exist
   * @throws AppError `wrong_password` or `room_not_found`, or `too_many_attempts` with the seconds to wait
   */
  async requireRight(passwordHash: string | null, given: Guess, { isHidden }: { isHidden: boolean }): Promise<void> {
    const guess = { ...given, address: addressBlock(given.address) };
    // Before the queue, so that who is locked out does not fill it.
    await this.requireAttemptsLeft(this.em.fork(), guess);
    const nobodys = await this.hashOfNobody();
    const right = await this.hasher.inTurn((check) =>
      transact(this.em, async (tx) => {
        await this.takeTurns(tx, guess);
        await this.requireAttemptsLeft(tx, guess);
        const matches = (await check(passwordHash ?? nobodys, guess.password)) && passwordHash !== null;
        if (!matches) await this.remember(tx, guess);
        return matches;
      }),
    );
    if (right) return;
    throw isHidden ? new AppError('room_not_found') : new AppError('wrong_password', 'The room password is wrong');
  }

  /** What the guesses at rooms that have no password are compared with. */
  private hashOfNobody(): Promise<string> {
    this.ofNobody ??= this.hasher.hash(uuidv7());
    return this.ofNobody;
  }

  /** Guesses of one person at one room, and of one address, go one after another: a burst cannot pass the limit. */
  private async takeTurns(tx: EntityManager, guess: Guess): Promise<void> {
    for (const key of [`address ${guess.address}`, `person ${guess.userId} ${guess.roomId}`]) {
      await oneAtATime(tx, `password ${key}`);
    }
  }

  private async requireAttemptsLeft(em: EntityManager, { userId, roomId, address }: Guess): Promise<void> {
    const since = { at: { $gt: new Date(Date.now() - WINDOW_MS) } };
    const latest = { orderBy: { at: 'desc' as const }, limit: 1 };
    const [byPerson] = await em.find(
      PasswordAttemptEntity,
      { ...since, userId, roomId },
      { ...latest, offset: WRONG_PER_USER_AND_ROOM - 1 },
    );
    const [byAddress] = await em.find(PasswordAttemptEntity, { ...since, address }, { ...latest, offset: WRONG_PER_ADDRESS - 1 });
    const untilMs = Math.max(byPerson?.at.getTime() ?? 0, byAddress?.at.getTime() ?? 0) + WINDOW_MS;
    if (!byPerson && !byAddress) return;
    const retryAfterSeconds = Math.max(1, Math.ceil((untilMs - Date.now()) / 1000));
    throw new AppError('too_many_attempts', 'Too many wrong passwords; try again later', { retryAfterSeconds });
  }

  private async remember(tx: EntityManager, { userId, roomId, address }: Guess): Promise<void> {
    await tx.nativeDelete(PasswordAttemptEntity, { at: { $lte: new Date(Date.now() - WINDOW_MS) } });
    tx.create(PasswordAttemptEntity, { id: uuidv7(), userId, roomId, address, at: new Date() });
  }
}
