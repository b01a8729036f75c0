import type { Bot, CommandReply, InputOf, InteractionAnswer, OutputOf, accounts, bot } from '@atrium/contracts';
import { putPicture } from './put-picture.ts';
import type { Transport } from './transport.ts';

export type BotInput = InputOf<typeof accounts.createBot>;
export type BotTokenInput = Omit<InputOf<typeof accounts.createBotToken>, 'botId'>;
export type CommandsInput = Omit<InputOf<typeof bot.registerCommands>, 'botId'>;

/** Bots of one's own, and what such a bot does with its commands. */
export class BotsApi {
  constructor(private readonly http: Transport) {}

  list(): Promise<{ items: Bot[] }> {
    return this.http.request('GET', '/api/me/bots');
  }

  /** The reply alone has the token. */
  create(input: BotInput): Promise<Bot & { token: string }> {
    return this.http.request('POST', '/api/me/bots', { body: input });
  }

  change(botId: string, changes: { name?: string; description?: string }): Promise<Bot> {
    return this.http.request('PATCH', `/api/me/bots/${botId}`, { body: changes });
  }

  /** An image of at most 5 MiB; the server makes a small square of it. */
  setAvatar(botId: string, image: Blob): Promise<Bot> {
    return putPicture(this.http, `/api/me/bots/${botId}/avatar`, image);
  }

  removeAvatar(botId: string): Promise<void> {
    return this.http.request('DELETE', `/api/me/bots/${botId}/avatar`);
  }

  /** Its tokens end, and it leaves its rooms. */
  remove(botId: string): Promise<void> {
    return this.http.request('DELETE', `/api/me/bots/${botId}`);
  }

  /** The reply alone has the token. */
  createToken(botId: string, input: BotTokenInput): Promise<OutputOf<typeof accounts.createBotToken>> {
    return this.http.request('POST', `/api/me/bots/${botId}/tokens`, { body: input });
  }

  revokeToken(botId: string, tokenId: string): Promise<void> {
    return this.http.request('DELETE', `/api/me/bots/${botId}/tokens/${tokenId}`);
  }

  /** All of a bot's commands; by the bot itself or its owner. A new secret stands in this reply alone. */
  registerCommands(botId: string, input: CommandsInput): Promise<OutputOf<typeof bot.registerCommands>> {
    return this.http.request('PUT', `/api/me/bots/${botId}/commands`, { body: input });
  }

  /** Answers a use of a command, as the bot whose command it is; the first answer counts. */
  answer(interactionId: string, answer: InteractionAnswer): Promise<CommandReply> {
    return this.http.request('POST', `/api/interactions/${interactionId}`, { body: answer });
  }
}
