import { AppError, type Call, type ParsedInputOf, type WebhookDelivery, type bot } from '@atrium/contracts';
import { AuditLog, transact, uuidv7 } from '@atrium/database';
import { readIdCursor } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CommandsAccess } from '../../commands/commands.access.ts';
import { WebhooksRepository } from '../webhooks.repository.ts';
import { DeliveriesRepository } from './deliveries.repository.ts';
import { DeliveryClock } from './delivery-clock.ts';
import { MOST_WAITING } from './outgoing-webhooks.service.ts';

const PER_PAGE = 20;

/** What was told, for those who lead the room. */
@Injectable()
export class DeliveriesService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: CommandsAccess,
    private readonly webhooks: WebhooksRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly audit: AuditLog,
    private readonly clock: DeliveryClock,
  ) {}

  async list(userId: string, { roomId, webhookId, cursor }: ParsedInputOf<typeof bot.webhookDeliveries>, call: Call) {
    await this.access.requireModerator(userId, roomId, call);
    if (!(await this.webhooks.find(this.em, { roomId, webhookId }))) throw new AppError('webhook_not_found');
    const rows = await this.deliveries.list(this.em, webhookId, { before: readIdCursor(cursor) ?? null, limit: PER_PAGE + 1 });
    const items = rows.slice(0, PER_PAGE);
    return { items, nextCursor: rows.length > PER_PAGE ? (items.at(-1)?.id ?? null) : null };
  }

  async replay(
    userId: string,
    { roomId, webhookId, deliveryId }: ParsedInputOf<typeof bot.replayDelivery>,
    call: Call,
  ): Promise<WebhookDelivery> {
    await this.access.requireModerator(userId, roomId, call);
    const delivery = await transact(this.em, async (tx) => {
      if (!(await this.webhooks.find(tx, { roomId, webhookId }))) throw new AppError('webhook_not_found');
      if ((await this.deliveries.countWaiting(tx, webhookId)) >= MOST_WAITING)
        throw new AppError('rate_limited', 'Too much of it waits already.');
      const again = await this.deliveries.replay(tx, { webhookId, deliveryId }, uuidv7());
      if (!again) throw new AppError('delivery_not_found');
      await this.audit.record(tx, { roomId, actorId: userId, action: 'webhook.replayed', details: { webhookId, deliveryId } });
      return again;
    });
    this.clock.wake();
    return delivery;
  }
}
