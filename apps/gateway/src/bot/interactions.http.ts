import { RpcClient, type CallOptions } from '@atrium/bus';
import { AppError, InteractionAnswer, bot, scopeRefusal, type Scope } from '@atrium/contracts';
import { Body, Controller, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { BotId, InteractionId } from '../http/ids.ts';

const RegisterBody = bot.registerCommands.input.omit({ botId: true });
const REGISTERING: Scope = 'messages:write';

/** What bots with accounts of their own do with commands: register and answer them. */
@Controller()
export class InteractionsHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('PUT /api/me/bots/:botId/commands', {
    scope: REGISTERING,
    summary: 'Register the commands of a bot, all of them; by the bot itself or its owner. A new secret is told here alone',
    reply: bot.registerCommands.output,
    codes: bot.registerCommands.codes,
  })
  register(
    @BotId() botId: string,
    @Body({ schema: RegisterBody }) body: z.output<typeof RegisterBody>,
    @Caller() call: CallOptions,
    @Req() { identity }: FastifyRequest,
  ) {
    // A person's own token is not for what concerns their account, and their bots are part of it.
    if (identity?.scopes && !identity.bot) throw new AppError('insufficient_scope', scopeRefusal('session'), { required: ['session'] });
    return this.rpc.call(bot.registerCommands, { ...body, botId }, call);
  }

  @Endpoint('POST /api/interactions/:interactionId', {
    scope: 'messages:write',
    summary: 'Answer a use of a command, as the bot whose command it is: with a note to who asked, or a message in the room',
    reply: bot.answerInteraction.output,
    codes: bot.answerInteraction.codes,
  })
  answer(
    @InteractionId() interactionId: string,
    @Body({ schema: InteractionAnswer }) answer: InteractionAnswer,
    @Caller() call: CallOptions,
  ) {
    return this.rpc.call(bot.answerInteraction, { interactionId, answer }, call);
  }
}
