import { Signals } from '@atrium/bus';
import { BOT_USER_ID, botSignals, type TimelineEntry, type WebhookPayload } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { RoomStatesService } from '../../rooms/room-states.service.ts';
import { DeliveriesRepository } from './deliveries.repository.ts';
import { DeliveryClock } from './delivery-clock.ts';

/** Every message is held against the rooms that are told of, so they are read once for many messages. */
const FRESH_FOR_MS = 1_000;
/** More than so many to one webhook do not wait: its receiver is not there, or cannot follow. */
export const MOST_WAITING = 1_000;

/** Decides what outgoing webhooks are told of. */
@Injectable()
export class OutgoingWebhooks {
  private loaded: { at: number; rooms: Promise<Set<string>> } | undefined;

  constructor(
    private readonly em: EntityManager,
    private readonly deliveries: DeliveriesRepository,
    private readonly roomStates: RoomStatesService,
    private readonly clock: DeliveryClock,
    private readonly signals: Signals,
  ) {}

  /** Whether anybody is told of a room. */
  async listensTo(roomId: string): Promise<boolean> {
    if (!this.loaded || Date.now() - this.loaded.at > FRESH_FOR_MS) {
      const rooms = this.deliveries.roomsTold(this.em.fork());
      this.loaded = { at: Date.now(), rooms };
      rooms.catch(() => (this.loaded = undefined));
    }
    return (await this.loaded.rooms).has(roomId);
  }

  /** After a change: what happens from now on is told to whom it says, by every instance. */
  changed(): void {
    this.forget();
    this.signals.send(botSignals.rulesChanged, { rules: 'webhooks' });
  }

  forget(): void {
    this.loaded = undefined;
  }

  async tell(roomId: string, entry: TimelineEntry): Promise<void> {
    if (entry.type === 'message.deleted') await this.deliveries.removeOfMessage(this.em.fork(), entry.messageId);
    if (isOfPrograms(entry) || !(await this.listensTo(roomId))) return;
    for (const { id, createdBy } of await this.deliveries.listeners(this.em.fork(), roomId, entry.type, entry.at)) {
      if (!(await this.roomStates.whenOn(roomId, createdBy, entry.seq))) return;
      const payload: WebhookPayload = { webhookId: id, roomId, event: entry.type, entry };
      const messageId = 'message' in entry ? (entry.message?.id ?? null) : null;
      const delivery = { id: uuidv7(), webhookId: id, roomId, seq: entry.seq, event: entry.type, messageId, body: JSON.stringify(payload) };
      await this.deliveries.add(this.em.fork(), delivery, MOST_WAITING);
      this.clock.wake();
    }
  }
}

/** Posts of bots, webhooks and the system, and what the bot does itself: telling programs of those would let two of them go on for ever. */
const isOfPrograms = (entry: TimelineEntry): boolean =>
  entry.actorId === BOT_USER_ID || ('message' in entry && entry.message !== undefined && entry.message.kind !== 'text');
