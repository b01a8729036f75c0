import { BOT_USER_ID } from '@atrium/contracts';
import { AuditLog, transact } from '@atrium/database';
import { AddressGuard, CONFIG } from '@atrium/service-kit';
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
  private readonly workers = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private stopping = false;

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
    this.timer = setInterval(() => this.wake(), EVERY_MS).unref();
  }

  /** What is being sent is sent to the end and written down, so that nobody sends it again. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await Promise.all(this.workers);
  }

  /** Looks for what is due; one slow receiver holds up one worker alone. */
  wake(): void {
    if (this.stopping || this.workers.size >= SIDE_BY_SIDE) return;
    const worker = this.sendDue()
      .catch((error: unknown) => this.logger.warn({ err: error }, 'deliveries of webhooks wait for the next turn'))
      .finally(() => this.workers.delete(worker));
    this.workers.add(worker);
  }

  private async sendDue(): Promise<void> {
    while (!this.stopping) {
      const held = await this.deliveries.hold(this.em.fork());
      if (!held) return;
      // Another one looks for what else is due meanwhile.
      this.wake();
      await this.send(held);
    }
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
