import { RepeatedTask } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CreditsService } from './credits/credits.service.ts';
import { ResetTokens } from './passwords/reset-tokens.ts';
import { Challenges } from './two-factor/challenges.ts';
import { OidcAttempts } from './oidc/oidc-attempts.ts';
import { KnownDevices } from './sessions/known-devices.ts';
import { SessionsRepository } from './sessions/sessions.repository.ts';
import { SignInGuard } from './sessions/sign-in-guard.ts';

const EVERY_MS = 15_000;

/** Tidies what time has ended. Every instance may run it: each step takes only what is still to do. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new RepeatedTask(() => this.tidy(), {
    everyMs: EVERY_MS,
    logger: new Logger('accounts'),
    onFailure: 'tidying up did not finish',
  });

  constructor(
    private readonly em: EntityManager,
    private readonly credits: CreditsService,
    private readonly guard: SignInGuard,
    private readonly sessions: SessionsRepository,
    private readonly devices: KnownDevices,
    private readonly resetTokens: ResetTokens,
    private readonly challenges: Challenges,
    private readonly oidcAttempts: OidcAttempts,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  /** Nothing waits for the outcome: what fails now is found again at the next turn. */
  private async tidy(): Promise<void> {
    await this.credits.expireReservations(this.em.fork());
    await this.guard.purge(this.em.fork());
    await this.sessions.purge(this.em.fork());
    await this.devices.purge(this.em.fork());
    await this.resetTokens.purge(this.em.fork());
    await this.challenges.purge(this.em.fork());
    await this.oidcAttempts.purge(this.em.fork());
  }
}
