import { z } from 'zod';
import { defineRpcs } from '../define.ts';
import { auditPage, roomAuditPage } from '../admin/admin.schema.ts';
import { purgesLeft } from '../admin/purges.schema.ts';
import { Cursor, Id, Nothing, line, listOf, prose } from '../values.ts';
import { KeywordAnswer, KeywordAnswerInput, Poll, Reminder, Webhook, WebhookName } from './bot.schema.ts';
import { WebhookDelivery, WebhookEventList, WebhookUrl } from './outgoing-webhooks.schema.ts';
import { ownBotRpcs } from './own-bots.rpc.ts';
import { Command, CommandCheck, CommandDraftText, CommandReply, CommandRun } from './commands.schema.ts';

const inRoom = z.object({ roomId: Id });
const notThere = ['room_not_found', 'not_a_member'] as const;
const onePoll = inRoom.extend({ pollId: Id });
const oneWebhook = inRoom.extend({ webhookId: Id });

export const bot = defineRpcs('bot', {
  adminAudit: { ...auditPage, codes: ['not_found'] },
  adminPurgesLeft: purgesLeft,
  /** What was changed about the keywords and webhooks of a room. */
  roomAudit: roomAuditPage,
  commands: {
    input: inRoom,
    output: z.object({ items: z.array(Command) }),
    idempotent: true,
    codes: notThere,
  },
  /** Reads a command without running it: what would be refused, and what its times mean. */
  checkCommand: {
    input: CommandDraftText.extend({ roomId: Id }),
    output: CommandCheck,
    idempotent: true,
    codes: [...notThere, 'unknown_command', 'validation_failed', 'forbidden'],
  },
  /** Runs a command without posting it: the answer is a note for the caller, or the message that the command posted. */
  run: {
    input: CommandRun.extend({ roomId: Id }),
    output: CommandReply,
    timeoutMs: 5000,
    codes: [
      ...notThere,
      'unknown_command',
      'validation_failed',
      'forbidden',
      'muted',
      'posting_restricted',
      'slow_mode',
      'room_archived',
      'idempotency_conflict',
      'insufficient_credits',
      'rate_limited',
    ],
  },
  ...ownBotRpcs,
  polls: {
    input: inRoom.extend({ pollIds: z.array(Id).min(1).max(100) }),
    output: z.object({ items: z.array(Poll) }),
    idempotent: true,
    codes: notThere,
  },
  /** The caller's whole choice; none takes it back. */
  vote: {
    input: onePoll.extend({ options: z.array(z.int().min(0).max(19)).max(20) }),
    output: Poll,
    idempotent: true,
    codes: [...notThere, 'poll_not_found', 'poll_closed', 'validation_failed', 'muted'],
  },
  closePoll: {
    input: onePoll,
    output: Poll,
    idempotent: true,
    codes: [...notThere, 'poll_not_found', 'forbidden'],
  },
  reminders: {
    input: inRoom,
    output: z.object({ items: z.array(Reminder) }),
    idempotent: true,
    codes: notThere,
  },
  cancelReminder: {
    input: inRoom.extend({ reminderId: Id }),
    output: Nothing,
    idempotent: true,
    codes: [...notThere, 'reminder_not_found'],
  },
  keywords: {
    input: inRoom,
    output: z.object({ items: z.array(KeywordAnswer) }),
    idempotent: true,
    codes: [...notThere, 'forbidden'],
  },
  /** Makes a keyword's answer, or changes it. */
  putKeyword: {
    input: KeywordAnswerInput.extend({ roomId: Id }),
    output: KeywordAnswer,
    idempotent: true,
    codes: [...notThere, 'forbidden', 'too_many_keywords'],
  },
  removeKeyword: {
    input: inRoom.extend({ keywordId: Id }),
    output: Nothing,
    idempotent: true,
    codes: [...notThere, 'forbidden', 'keyword_not_found'],
  },
  /** What would be answered to a text, and why not. */
  testKeywords: {
    input: inRoom.extend({ text: prose(0, 2000) }),
    output: z.object({ fires: KeywordAnswer.nullable(), reason: z.string() }),
    idempotent: true,
    codes: [...notThere, 'forbidden'],
  },
  webhooks: {
    input: inRoom,
    output: z.object({ items: z.array(Webhook) }),
    idempotent: true,
    codes: [...notThere, 'forbidden'],
  },
  createWebhook: {
    /** An outgoing one needs a `url`, and is told of new messages unless `events` names something else. */
    input: inRoom.extend({
      kind: z.enum(['incoming', 'outgoing']),
      name: WebhookName,
      mayPing: z.boolean().default(false),
      url: WebhookUrl.optional(),
      events: WebhookEventList.optional(),
    }),
    /** The secret is told here alone. */
    output: z.object({ webhook: Webhook, secret: z.string() }),
    codes: [...notThere, 'forbidden', 'too_many_webhooks', 'validation_failed'],
  },
  updateWebhook: {
    input: oneWebhook.extend({
      name: WebhookName.optional(),
      mayPing: z.boolean().optional(),
      url: WebhookUrl.optional(),
      events: WebhookEventList.optional(),
      /** Switches an outgoing one off, or on again. */
      enabled: z.boolean().optional(),
    }),
    output: Webhook,
    idempotent: true,
    codes: [...notThere, 'forbidden', 'webhook_not_found', 'validation_failed'],
  },
  removeWebhook: {
    input: oneWebhook,
    output: Nothing,
    idempotent: true,
    codes: [...notThere, 'forbidden', 'webhook_not_found'],
  },
  /** What an outgoing webhook told within the last days, the latest first. */
  webhookDeliveries: {
    input: oneWebhook.extend({ cursor: Cursor.optional() }),
    output: listOf(WebhookDelivery),
    idempotent: true,
    codes: [...notThere, 'forbidden', 'webhook_not_found', 'validation_failed'],
  },
  /** Sends once more what was sent, as a delivery of its own. */
  replayDelivery: {
    input: oneWebhook.extend({ deliveryId: Id }),
    output: WebhookDelivery,
    codes: [...notThere, 'forbidden', 'webhook_not_found', 'delivery_not_found', 'rate_limited'],
  },
  /** What somebody posted to the address of an incoming webhook: Slack's payload, as JSON text. */
  takeWebhook: {
    input: z.object({ webhookId: Id, secret: z.string().max(100), payload: z.string().max(262_144), key: line(1, 64) }),
    output: Nothing,
    timeoutMs: 5000,
    codes: ['webhook_not_found', 'malformed_request', 'rate_limited', 'room_archived'],
    callers: { gateway: 'for-itself' },
  },
});
