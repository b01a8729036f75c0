import { RpcClient } from '@atrium/bus';
import {
  accounts,
  validationError,
  type Call,
  type Command,
  type CommandDraft,
  type OutputOf,
  type ParsedInputOf,
  type bot,
} from '@atrium/contracts';
import { transact } from '@atrium/database';
import { AddressGuard, CONFIG, Sealer } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { CommandRegistry } from '../commands/command-registry.ts';
import { EVERYONE } from '../commands/command.ts';
import type { BotConfig } from '../config.ts';
import { requireOuter } from '../webhooks/outgoing/target.ts';
import { RegistrationsRepository } from './registrations.repository.ts';

const SECRET_BYTES = 24;

/** Under what name a bot's secret is sealed. */
export const placeOfSecret = (botId: string): string => `registration:${botId}`;

/** Takes in the commands of bots, from the bots themselves and from their owners. */
@Injectable()
export class RegistrationsService {
  private readonly guard: AddressGuard;

  constructor(
    private readonly em: EntityManager,
    private readonly rpc: RpcClient,
    private readonly repository: RegistrationsRepository,
    private readonly registry: CommandRegistry,
    private readonly sealer: Sealer,
    @Inject(CONFIG) config: BotConfig,
  ) {
    this.guard = new AddressGuard(config.BOT_WEBHOOK_NETWORKS);
  }

  async register(input: ParsedInputOf<typeof bot.registerCommands>, call: Call): Promise<OutputOf<typeof bot.registerCommands>> {
    const { botId, renewSecret } = input;
    // Accounts says whose bot it is; a bot that is not the caller's does not exist.
    await this.rpc.call(accounts.bot, { botId }, call);
    this.requireOwnNames(input.commands);
    if (input.url) requireOuter(input.url, this.guard);
    const commands = input.commands.map(complete);
    return transact(this.em, async (tx) => {
      const before = await this.repository.lock(tx, botId);
      const url = input.url === undefined ? before.url : input.url;
      const isNew = url !== null && (renewSecret || before.signingSecret === null);
      const secret = isNew ? randomBytes(SECRET_BYTES).toString('base64url') : undefined;
      const signingSecret = secret === undefined ? before.signingSecret : this.sealer.seal(secret, placeOfSecret(botId));
      await this.repository.save(tx, { botId, commands, url, signingSecret });
      return { commands, url, ...(secret !== undefined && { secret }) };
    });
  }

  async of({ botIds }: ParsedInputOf<typeof bot.registrations>): Promise<OutputOf<typeof bot.registrations>> {
    const rows = await this.repository.ofMany(this.em, botIds);
    return { items: rows.map(({ botId, commands, url }) => ({ botId, commands, url })) };
  }

  async setDisabled(botId: string, disabled: boolean): Promise<void> {
    await this.repository.setDisabled(this.em.fork(), botId, disabled);
  }

  async forget(botId: string): Promise<void> {
    await this.repository.remove(this.em.fork(), botId);
  }

  private requireOwnNames(commands: readonly CommandDraft[]): void {
    const issues = commands.flatMap(({ name }, i) =>
      this.registry.find(name) ? [{ path: ['commands', i, 'name'], message: `must not be "${name}": the room bot has this command` }] : [],
    );
    if (issues.length > 0) throw validationError(issues);
  }
}

/** What a draft leaves out, made from the rest. */
function complete(draft: CommandDraft): Command {
  const places = draft.arguments.map(({ name, required }) => (required ? `<${name}>` : `[${name}]`));
  return {
    ...draft,
    usage: draft.usage ?? [`/${draft.name}`, ...places].join(' '),
    allowedRoles: draft.allowedRoles ?? EVERYONE,
  };
}
