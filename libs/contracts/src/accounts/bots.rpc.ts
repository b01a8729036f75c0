import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Id, Instant, Nothing, nameLine, prose } from '../values.ts';
import { Username } from './accounts.schema.ts';
import { Picture } from './avatars.rpc.ts';
import { SCOPES } from './scopes.ts';
import { AccessToken } from './tokens.rpc.ts';

/** What a bot may be let do: all that a member may, and nothing of an admin's. */
export const BOT_SCOPES = SCOPES.filter((scope) => scope !== 'admin');
export const BotScope = z.enum(BOT_SCOPES, { error: `must be one of ${BOT_SCOPES.join(', ')}` });

const Scopes = z
  .array(BotScope)
  .min(1, { error: 'must name at least one scope' })
  .default(['rooms:read', 'messages:read', 'messages:write']);
const BotName = nameLine(1, 64);
const BotDescription = prose(0, 500);

/** A bot's account, as its owner sees it. */
export const BotAccount = z
  .object({
    id: Id,
    username: Username,
    name: z.string(),
    description: z.string(),
    avatarUrl: z.string().nullable(),
    createdAt: Instant,
    /** Shut by an admin. */
    disabledAt: Instant.nullable(),
    tokens: z.array(AccessToken),
  })
  .meta({ id: 'BotAccount' });
export type BotAccount = z.output<typeof BotAccount>;

const oneBot = z.object({ botId: Id });

/** Accounts of programs: each has an owner, acts by tokens alone, and ends with its owner. */
export const botAccountRpcs = {
  bots: { input: Nothing, output: z.object({ items: z.array(BotAccount) }), idempotent: true },
  /** For its owner and for itself. */
  bot: {
    input: oneBot,
    output: BotAccount,
    idempotent: true,
    codes: ['bot_not_found'],
    callers: { gateway: 'for-user', bot: 'for-user' },
  },
  /** Without a username, one is made from the name. */
  createBot: {
    input: z.object({ name: BotName, username: Username.optional(), description: BotDescription.default(''), scopes: Scopes }),
    /** The token is told here alone. */
    output: BotAccount.extend({ token: z.string() }),
    codes: ['too_many_bots', 'username_taken', 'forbidden'],
  },
  updateBot: {
    input: oneBot.extend({ name: BotName.optional(), description: BotDescription.optional() }),
    output: BotAccount,
    idempotent: true,
    codes: ['bot_not_found'],
  },
  /** Null takes the picture away. */
  setBotAvatar: {
    input: oneBot.extend({ webp: Picture.nullable() }),
    output: BotAccount,
    codes: ['bot_not_found', 'unsupported_media_type'],
  },
  /** Ends its tokens and its places in rooms; what it said stays. */
  removeBot: { input: oneBot, output: Nothing, idempotent: true, codes: ['bot_not_found'] },
  createBotToken: {
    input: oneBot.extend({
      name: BotName.default('token'),
      scopes: Scopes,
      expiresAt: z.iso.datetime({ offset: true, error: 'must be a time in ISO 8601' }).nullish(),
    }),
    output: AccessToken.extend({ token: z.string() }),
    codes: ['bot_not_found', 'too_many_tokens'],
  },
  revokeBotToken: { input: oneBot.extend({ tokenId: Id }), output: Nothing, codes: ['bot_not_found', 'token_not_found'] },
} as const satisfies Record<string, RpcDefinition>;
