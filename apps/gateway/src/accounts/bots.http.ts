import { RpcClient, type CallOptions } from '@atrium/bus';
import { Bot, MAX_AVATAR_BYTES, accounts, bot, rooms, type BotAccount } from '@atrium/contracts';
import { Body, Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { continueIfAsked } from '../auth/admission.ts';
import { SessionChecks } from '../auth/session-checks.ts';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { BotId, TokenId } from '../http/ids.ts';
import { readOneFile } from '../http/one-file.ts';
import { encodeAvatar } from './avatar-encoder.ts';

const CreateBody = accounts.createBot.input;
const ChangeBody = accounts.updateBot.input.omit({ botId: true });
const TokenBody = accounts.createBotToken.input.omit({ botId: true });

/** Bots as their owners see them: the account is accounts', the commands are the bot service's, the rooms are rooms'. */
@Controller()
export class BotsHttp {
  constructor(
    private readonly rpc: RpcClient,
    private readonly sessions: SessionChecks,
  ) {}

  @Endpoint('GET /api/me/bots', {
    scope: 'session',
    summary: 'The caller’s bots, newest first, with the commands they register and the rooms they are in',
    reply: z.object({ items: z.array(Bot) }),
  })
  async list(@Caller() call: CallOptions) {
    const { items } = await this.rpc.call(accounts.bots, {}, call);
    return { items: await this.complete(items, call) };
  }

  @Endpoint('POST /api/me/bots', {
    scope: 'session',
    summary: 'Make a bot; the reply alone has its token',
    reply: Bot.extend({ token: z.string() }),
    status: 201,
    codes: accounts.createBot.codes,
  })
  async create(@Body({ schema: CreateBody }) body: z.output<typeof CreateBody>, @Caller() call: CallOptions) {
    const { token, ...account } = await this.rpc.call(accounts.createBot, body, call);
    return { ...account, commands: [], url: null, rooms: [], token };
  }

  @Endpoint('GET /api/me/bots/:botId', { scope: 'session', summary: 'One of the caller’s bots', reply: Bot, codes: accounts.bot.codes })
  async get(@BotId() botId: string, @Caller() call: CallOptions) {
    return this.one(await this.rpc.call(accounts.bot, { botId }, call), call);
  }

  @Endpoint('PATCH /api/me/bots/:botId', {
    scope: 'session',
    summary: 'Change the name or the description of a bot',
    reply: Bot,
    codes: accounts.updateBot.codes,
  })
  async change(@BotId() botId: string, @Body({ schema: ChangeBody }) body: z.output<typeof ChangeBody>, @Caller() call: CallOptions) {
    return this.one(await this.rpc.call(accounts.updateBot, { ...body, botId }, call), call);
  }

  @Endpoint('PUT /api/me/bots/:botId/avatar', {
    scope: 'session',
    summary: 'Upload a picture of a bot: the image itself, or a form with it; at most 5 MiB',
    reply: Bot,
    multipart: true,
    image: true,
    codes: [...accounts.setBotAvatar.codes, 'payload_too_large', 'validation_failed'],
  })
  async setAvatar(
    @BotId() botId: string,
    @Req() request: FastifyRequest,
    @Caller() call: CallOptions,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Bot> {
    continueIfAsked(request, reply);
    const picture = await encodeAvatar(await readOneFile(request.raw, MAX_AVATAR_BYTES));
    return this.one(await this.rpc.call(accounts.setBotAvatar, { botId, webp: picture.toString('base64') }, call), call);
  }

  @Endpoint('DELETE /api/me/bots/:botId/avatar', {
    scope: 'session',
    summary: 'Take the picture of a bot away',
    codes: accounts.setBotAvatar.codes,
  })
  async removeAvatar(@BotId() botId: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(accounts.setBotAvatar, { botId, webp: null }, call);
  }

  @Endpoint('DELETE /api/me/bots/:botId', {
    scope: 'session',
    summary: 'Remove a bot: its tokens end, its sockets close, it leaves its rooms; what it said stays',
    codes: accounts.removeBot.codes,
  })
  async remove(@BotId() botId: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(accounts.removeBot, { botId }, call);
  }

  @Endpoint('POST /api/me/bots/:botId/tokens', {
    scope: 'session',
    summary: 'Make another token for a bot; the reply alone has it',
    reply: accounts.createBotToken.output,
    status: 201,
    codes: accounts.createBotToken.codes,
  })
  createToken(@BotId() botId: string, @Body({ schema: TokenBody }) body: z.output<typeof TokenBody>, @Caller() call: CallOptions) {
    return this.rpc.call(accounts.createBotToken, { ...body, botId }, call);
  }

  @Endpoint('DELETE /api/me/bots/:botId/tokens/:tokenId', {
    scope: 'session',
    summary: 'Revoke a token of a bot; its sockets close',
    codes: accounts.revokeBotToken.codes,
  })
  async revokeToken(@BotId() botId: string, @TokenId() tokenId: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(accounts.revokeBotToken, { botId, tokenId }, call);
    this.sessions.markEnded(tokenId);
  }

  private async one(account: BotAccount, call: CallOptions): Promise<Bot> {
    const [completed] = await this.complete([account], call);
    return completed!;
  }

  private async complete(accountsOfBots: readonly BotAccount[], { requestId, deadlineAt }: CallOptions): Promise<Bot[]> {
    const botIds = accountsOfBots.map(({ id }) => id);
    if (botIds.length === 0) return [];
    const call = { requestId, deadlineAt };
    const [registered, places] = await Promise.all([
      this.rpc.call(bot.registrations, { botIds }, call),
      this.rpc.call(rooms.roomsOfBots, { botIds }, call),
    ]);
    return accountsOfBots.map((account) => {
      const { commands = [], url = null } = registered.items.find(({ botId }) => botId === account.id) ?? {};
      const own = places.items.filter(({ botId }) => botId === account.id).map(({ id, name }) => ({ id, name }));
      return { ...account, commands, url, rooms: own };
    });
  }
}
