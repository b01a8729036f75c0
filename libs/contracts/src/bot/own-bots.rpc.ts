import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Id, Nothing } from '../values.ts';
import { Command, CommandReply } from './commands.schema.ts';
import { WebhookUrl } from './outgoing-webhooks.schema.ts';
import { CommandDraft, Interaction, InteractionAnswer } from './own-bots.schema.ts';

/** Commands of bots that people make, and what comes of them. */
export const ownBotRpcs = {
  /** The whole list, each time; by the bot itself or its owner. */
  registerCommands: {
    input: z.object({
      botId: Id,
      commands: z
        .array(CommandDraft)
        .max(50)
        .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, { error: 'must have names of their own' }),
      /** Where commands are posted, signed; null, they come over the socket. Absent, as it is. */
      url: WebhookUrl.nullish(),
      /** A new secret for the signatures. */
      renewSecret: z.boolean().default(false),
    }),
    /** The secret is told here alone, when it is new. */
    output: z.object({ commands: z.array(Command), url: z.string().nullable(), secret: z.string().optional() }),
    codes: ['bot_not_found', 'validation_failed'],
  },
  registrations: {
    input: z.object({ botIds: z.array(Id).max(100) }),
    output: z.object({ items: z.array(z.object({ botId: Id, commands: z.array(Command), url: z.string().nullable() })) }),
    idempotent: true,
    callers: { gateway: 'for-itself' },
  },
  /** Of the gateways that have a socket of the bot, the one that asks first gets it. */
  takeInteraction: {
    input: z.object({ interactionId: Id }),
    output: z.object({ interaction: Interaction.nullable() }),
    callers: { gateway: 'for-itself' },
  },
  /** The socket that it went to is gone without an answer: others get it. */
  releaseInteraction: {
    input: z.object({ interactionId: Id }),
    output: Nothing,
    idempotent: true,
    callers: { gateway: 'for-itself' },
  },
  /** By the bot; the first answer counts. */
  answerInteraction: {
    input: z.object({ interactionId: Id, answer: InteractionAnswer }),
    output: CommandReply,
    codes: [
      'interaction_not_found',
      'interaction_over',
      'forbidden',
      'rate_limited',
      'room_archived',
      'not_a_member',
      'muted',
      'posting_restricted',
    ],
  },
} as const satisfies Record<string, RpcDefinition>;
