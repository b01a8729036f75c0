import { PasswordHasher } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { SignInGuard, confirmationSubjects } from '../sessions/sign-in-guard.ts';
import { UserEntity } from '../users/user.entity.ts';

/** Asks for the password again before something that a borrowed device must not do; ten wrong ones shut that for 15 minutes. */
@Injectable()
export class PasswordConfirmation {
  constructor(
    private readonly em: EntityManager,
    private readonly passwords: PasswordHasher,
    private readonly guard: SignInGuard,
  ) {}

  /** @throws AppError `wrong_password` or `too_many_attempts` */
  async require(userId: string, password: string): Promise<void> {
    const user = await this.em.findOne(UserEntity, { id: userId }, { populate: ['passwordHash'] });
    const subjects = confirmationSubjects(userId);
    await this.guard.requireOpen(subjects);
    const correct = await this.passwords.verify(user?.passwordHash ?? null, password);
    await this.guard.book(subjects, correct, 'wrong_password');
  }
}
