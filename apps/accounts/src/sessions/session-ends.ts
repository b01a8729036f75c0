import { AppError, accountEvents } from '@atrium/contracts';
import { Outbox } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { SessionEndReason } from './session.entity.ts';
import { SessionsRepository } from './sessions.repository.ts';

/** Ends sessions, and tells the gateways so. */
@Injectable()
export class SessionEnds {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly outbox: Outbox,
  ) {}

  async end(tx: EntityManager, session: { sessionId: string; userId: string }, reason: SessionEndReason): Promise<void> {
    const { sessionId, userId } = session;
    if (await this.sessions.end(tx, sessionId, reason)) await this.outbox.add(tx, accountEvents.sessionEnded, { sessionId, userId });
  }

  /** All of a person's sessions, but the one that is kept if it is named. */
  async endAll(tx: EntityManager, userId: string, keptSessionId?: string): Promise<void> {
    for (const sessionId of await this.sessions.endAll(tx, userId, keptSessionId))
      await this.outbox.add(tx, accountEvents.sessionEnded, { sessionId, userId });
  }

  /** Gateways remember for a while which sessions live: it is over only once they are told. */
  async requireTold(): Promise<void> {
    try {
      await this.outbox.told();
    } catch (cause) {
      const detail = 'The session is ended, but not everybody who serves it could be told yet: it may work for another half minute.';
      throw new AppError('service_unavailable', detail, { retryAfterSeconds: 2 }, { cause });
    }
  }
}
