import { OnLiveEvent } from '@atrium/bus';
import { CLOSE_CODES, accountEvents, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { SessionChecks } from '../auth/session-checks.ts';
import { Connections } from '../sockets/connections.ts';
import { frameOf } from '../sockets/frame.ts';

@Controller()
export class AccountsFanout {
  constructor(
    private readonly connections: Connections,
    private readonly sessions: SessionChecks,
  ) {}

  @OnLiveEvent(accountEvents.sessionEnded)
  sessionEnded({ sessionId, userId }: PayloadOf<typeof accountEvents.sessionEnded>): void {
    this.sessions.markEnded(sessionId);
    for (const connection of this.connections.of(userId)) {
      if (connection.identity!.sessionId === sessionId) connection.close(CLOSE_CODES.revoked, 'session ended');
    }
  }

  @OnLiveEvent(accountEvents.creditsChanged)
  creditsChanged({ userId, ...funds }: PayloadOf<typeof accountEvents.creditsChanged>): void {
    const own = this.connections.of(userId);
    if (own.size === 0) return;
    const frame = frameOf('credits', funds);
    for (const connection of own) connection.push(frame);
  }
}
