import { RpcClient, systemCall } from '@atrium/bus';
import { AppError, messages, type Call, type ParsedInputOf, type Webhook, type bot, webhookClientId } from '@atrium/contracts';
import { AuditLog, oneAtATime, transact, uuidv7 } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { AddressGuard, CONFIG, parseBoundedJson } from '@atrium/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { CommandsAccess } from '../commands/commands.access.ts';
import type { BotConfig } from '../config.ts';
import { DeliveriesRepository } from './outgoing/deliveries.repository.ts';
import { OutgoingWebhooks } from './outgoing/outgoing-webhooks.service.ts';
import { checkChanges, targetOfNew } from './outgoing/target.ts';
import { renderPayload } from './render-payload.ts';
import { SlackPayload } from './slack-payload.ts';
import { WebhooksRepository } from './webhooks.repository.ts';

const MOST = 50;
const SECRET_BYTES = 24;

type OneWebhook = { roomId: string; webhookId: string };

/** Ways for other programs to post into a room, in the form that they know from Slack, and to be told of what happens there. */
@Injectable()
export class WebhooksService {
  private readonly guard: AddressGuard;

  constructor(
    private readonly em: EntityManager,
    private readonly rpc: RpcClient,
    private readonly access: CommandsAccess,
    private readonly webhooks: WebhooksRepository,
    private readonly audit: AuditLog,
    private readonly deliveries: DeliveriesRepository,
    private readonly outgoing: OutgoingWebhooks,
    @Inject(CONFIG) config: BotConfig,
  ) {
    this.guard = new AddressGuard(config.BOT_WEBHOOK_NETWORKS);
  }

  async list(userId: string, roomId: string, call: Call): Promise<Webhook[]> {
    await this.access.requireModerator(userId, roomId, call);
    return this.webhooks.list(this.em, roomId);
  }

  /** The secret is made here and told once; of an incoming one, what is kept only recognises it. */
  async create(userId: string, input: ParsedInputOf<typeof bot.createWebhook>, call: Call) {
    const { roomId, kind, name, mayPing } = input;
    await this.access.requireModerator(userId, roomId, call);
    const target = targetOfNew(input, this.guard);
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    const webhook = await transact(this.em, async (tx) => {
      await oneAtATime(tx, `webhooks ${roomId}`);
      if ((await this.webhooks.list(tx, roomId)).length >= MOST)
        throw new AppError('too_many_webhooks', `A room has at most ${MOST} webhooks.`);
      const detail = { kind, name, mayPing, ...target };
      await this.audit.record(tx, { roomId, actorId: userId, action: 'webhook.created', details: detail });
      const secrets = { secretHash: hashOf(secret), signingSecret: kind === 'outgoing' ? secret : null };
      return this.webhooks.add(tx, { id: uuidv7(), roomId, ...detail, createdBy: userId, ...secrets });
    });
    this.outgoing.changed();
    return { webhook, secret };
  }

  async update(userId: string, input: ParsedInputOf<typeof bot.updateWebhook>, call: Call): Promise<Webhook> {
    await this.access.requireModerator(userId, input.roomId, call);
    const changed = await transact(this.em, async (tx) => {
      const before = await this.webhooks.find(tx, input);
      if (!before) throw new AppError('webhook_not_found');
      checkChanges(before, input, this.guard);
      const webhook = await this.webhooks.change(tx, input);
      if (!webhook) throw new AppError('webhook_not_found');
      const { roomId, webhookId, ...detail } = input;
      if (input.enabled === false) await this.deliveries.dropWaiting(tx, webhookId);
      await this.audit.record(tx, { roomId, actorId: userId, action: 'webhook.changed', details: { webhookId, ...detail } });
      return webhook;
    });
    this.outgoing.changed();
    return changed;
  }

  async remove(userId: string, { roomId, webhookId }: OneWebhook, call: Call): Promise<void> {
    await this.access.requireModerator(userId, roomId, call);
    await transact(this.em, async (tx) => {
      if (!(await this.webhooks.remove(tx, { roomId, webhookId }))) throw new AppError('webhook_not_found');
      await this.deliveries.dropWaiting(tx, webhookId);
      await this.audit.record(tx, { roomId, actorId: userId, action: 'webhook.removed', details: { webhookId } });
    });
    this.outgoing.changed();
  }

  /** Posts what came to an address. Nothing tells a wrong secret from a webhook that is gone. */
  async take({ webhookId, secret, payload, key }: ParsedInputOf<typeof bot.takeWebhook>): Promise<void> {
    const webhook = await this.webhooks.findForPost(this.em, webhookId);
    if (!webhook || !timingSafeEqual(webhook.secretHash, hashOf(secret))) throw new AppError('webhook_not_found');
    const body = renderPayload(readPayload(payload), webhook.name);
    if (body === '') throw new AppError('malformed_request', 'The payload says nothing: it needs text, blocks or attachments.');
    const clientId = webhookClientId(hashOf(`${webhookId} ${key}`).toString('base64url'));
    await this.rpc.call(messages.postAsBot, { roomId: webhook.roomId, body, clientId, mayPing: webhook.mayPing }, systemCall());
    await this.webhooks.noteUse(this.em, webhookId);
  }
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** @throws AppError `malformed_request` with a reason that its sender can do something with */
function readPayload(text: string): SlackPayload {
  const parsed = SlackPayload.safeParse(parseBoundedJson(text));
  if (!parsed.success) throw new AppError('malformed_request', 'The payload must be a JSON object, such as {"text": "Hello"}.');
  return parsed.data;
}
