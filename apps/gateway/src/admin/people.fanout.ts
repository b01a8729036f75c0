import { OnLiveEvent } from '@atrium/bus';
import { CLOSE_CODES, accountEvents, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { PersonalTokens } from '../auth/personal-tokens.ts';
import { SessionChecks } from '../auth/session-checks.ts';
import { Connections } from '../sockets/connections.ts';

/** What admins change about people holds at once: nothing that was remembered of them counts. */
@Controller()
export class AdminPeopleFanout {
  constructor(
    private readonly connections: Connections,
    private readonly sessions: SessionChecks,
    private readonly tokens: PersonalTokens,
  ) {}

  @OnLiveEvent(accountEvents.userRoleChanged)
  roleChanged(): void {
    this.forget();
  }

  @OnLiveEvent(accountEvents.userDisabled)
  disabled({ userId, disabled }: PayloadOf<typeof accountEvents.userDisabled>): void {
    this.forget();
    if (!disabled) return;
    for (const connection of [...this.connections.of(userId)]) connection.close(CLOSE_CODES.revoked, 'account disabled');
  }

  /** All of it: this happens rarely, and who is asked about again costs one call. */
  private forget(): void {
    this.sessions.forgetAll();
    this.tokens.forgetAll();
  }
}
