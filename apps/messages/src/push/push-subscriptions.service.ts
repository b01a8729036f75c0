import { AppError, validationError, type Call, type OutputOf, type PushSubscriptionInput, type messages } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { AddressGuard, CONFIG, InnerAddressError } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { ECDH } from 'node:crypto';
import type { MessagesConfig } from '../config.ts';
import { publicKeyOf } from './push-key.ts';
import { PushSubscriptionsRepository } from './push-subscriptions.repository.ts';

/** Which devices are told while no page is open. */
@Injectable()
export class PushSubscriptions {
  private readonly guard: AddressGuard;
  private readonly publicKey: string | undefined;

  constructor(
    private readonly em: EntityManager,
    private readonly repository: PushSubscriptionsRepository,
    @Inject(CONFIG) config: MessagesConfig,
  ) {
    this.guard = new AddressGuard(config.MESSAGES_PUSH_NETWORKS);
    this.publicKey = config.MESSAGES_PUSH_KEY && publicKeyOf(config.MESSAGES_PUSH_KEY);
  }

  key(): string {
    if (this.publicKey === undefined) throw new AppError('not_found', 'This server does not push: its operator has set no key for it.');
    return this.publicKey;
  }

  /** The subscription ends with the session, wherever that is ended. */
  async subscribe({ actorId, sessionId }: Call, input: PushSubscriptionInput): Promise<OutputOf<typeof messages.subscribePush>> {
    this.key();
    if (!actorId || !sessionId) throw new AppError('unauthenticated');
    this.requireReachable(input.endpoint);
    requirePoint(input.keys.p256dh);
    return transact(this.em, (tx) => this.repository.save(tx, { userId: actorId, sessionId }, input));
  }

  async unsubscribe(actorId: string, endpoint: string | undefined): Promise<void> {
    await this.repository.removeOf(this.em, actorId, endpoint);
  }

  async endSession(sessionId: string): Promise<void> {
    await this.repository.removeOfSession(this.em, sessionId);
  }

  /** Push services are public and speak TLS; without it only those that the operator names by address are reached. */
  private requireReachable(endpoint: string): void {
    const url = new URL(endpoint);
    if (url.protocol !== 'https:' && !this.guard.names(url)) throw invalid('endpoint', 'must begin with https:');
    try {
      this.guard.checkHost(url);
    } catch (error) {
      if (error instanceof InnerAddressError) throw invalid('endpoint', `is refused: ${error.message}`);
      throw error;
    }
  }
}

/** A key to which nothing can be encrypted would fail at every message instead of here. */
function requirePoint(p256dh: string): void {
  try {
    ECDH.convertKey(p256dh, 'prime256v1', 'base64url');
  } catch {
    throw validationError([{ path: ['keys', 'p256dh'], message: 'must be a public key of P-256' }]);
  }
}

const invalid = (path: string, message: string) => validationError([{ path: [path], message }]);
