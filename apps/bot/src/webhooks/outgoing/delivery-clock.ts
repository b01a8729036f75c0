import { BOT_USER_ID } from '@atrium/contracts';
import { AuditLog, transact } from '@atrium/database';
import { AddressGuard, CONFIG, WorkerPool } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { BotConfig } from '../../config.ts';
import { RoomStatesService } from '../../rooms/room-states.service.ts';
import { WebhookSecrets } from '../webhook-secrets.ts';
import { DeliveriesRepository, type HeldDelivery } from './deliveries.repository.ts';
import { WebhookSender, type Attempt } from './webhook-sender.ts';

const EVERY_MS = 500;
const SIDE_BY_SIDE = 8;
const WAIT_MS = 20_000;
const MOST_TRIES = 5;
const EACH_WAIT_TIMES = 4;

/**
 * Sends what is due, five times at most. A delivery is held by one instance while it is sent, and the hold ends by
 * itself when that instance does.
 */
@Injectable()
export class DeliveryClock implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('bot');
  private readonly sender: WebhookSender;
  private readonly firstWaitMs: number;
  /** One slow receiver holds up one worker alone. */
  private readonly pool = new WorkerPool<HeldDelivery>(
    { take: () => this.deliveries.hold(this.em.fork()), handle: (held) => this.send(held) },
    { everyMs: EVERY_MS, sideBySide: SIDE_BY_SIDE, logger: this.logger, onFailure: 'deliveries of webhooks wait for the next turn' },
  );

  constructor(
    private readonly em: EntityManager,
    private readonly deliveries: DeliveriesRepository,
    private readonly roomStates: RoomStatesService,
    private readonly secrets: WebhookSecrets,
    private readonly audit: AuditLog,
    @Inject(CONFIG) config: BotConfig,
  ) {
    this.sender = new WebhookSender(new AddressGuard(config.BOT_WEBHOOK_NETWORKS));
    this.firstWaitMs = config.BOT_WEBHOOK_RETRY_SECONDS * 1000;
  }

  onApplicationBootstrap(): void {
    this.pool.start();
  }

  /** What is being sent is sent to the end and written down, so that nobody sends it again. */
  onModuleDestroy(): Promise<void> {
    return this.pool.stop();
  }

  /** Looks for what is due now. */
  wake(): void {
    this.pool.wake();
  }

  private async send(held: HeldDelivery): Promise<void> {
    const enabled = await this.isBotOn(held);
    if (enabled === 'unknown') return this.deliveries.release(this.em.fork(), held.id, new Date(Date.now() + WAIT_MS));
    // Off means off: what waited is not told afterwards either.
    if (!enabled) return this.settle(held, { ...notSent('The bot of the room is switched off.'), hopeless: true });
    const attempt = await this.sender.send({ ...held, secret: this.secrets.open(held.webhookId, held.secret) });
    await this.settle(held, attempt);
  }

  private async isBotOn({ roomId, createdBy }: HeldDelivery): Promise<boolean | 'unknown'> {
    try {
      const membership = await this.roomStates.findMembership(roomId, createdBy);
      return membership?.room.botEnabled === true && !membership.room.archivedAt;
    } catch (error) {
      this.logger.warn({ err: error }, 'a delivery waits until rooms answers');
      return 'unknown';
    }
  }

  private async settle({ id, webhookId, roomId, triesMade }: HeldDelivery, { hopeless, ...attempt }: Attempt): Promise<void> {
    const arrived = attempt.error === null;
    const givenUp = !arrived && (hopeless || triesMade + 1 >= MOST_TRIES);
    const next = arrived || givenUp ? null : new Date(Date.now() + this.firstWaitMs * EACH_WAIT_TIMES ** triesMade);
    await transact(this.em, async (tx) => {
      await this.deliveries.settle(tx, id, { attempt, state: arrived ? 'delivered' : givenUp ? 'failed' : 'waiting', next });
      if (arrived) return this.deliveries.noteSuccess(tx, webhookId);
      await this.deliveries.noteFailure(tx, webhookId);
      if (!givenUp || !(await this.deliveries.disableFailing(tx, webhookId))) return;
      await this.deliveries.dropWaiting(tx, webhookId);
      await this.audit.record(tx, {
        roomId,
        actorId: BOT_USER_ID,
        action: 'webhook.disabled',
        details: { webhookId, reason: attempt.error },
      });
    });
  }
}

const notSent = (error: string) => ({ at: new Date().toISOString(), milliseconds: 0, status: null, answer: '', error });
