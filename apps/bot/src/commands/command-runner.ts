import { AppError, nearestNames, readArguments, type ArgumentValue, type ReadArguments, type RoomRole } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { InteractionsService, type Use } from '../own-bots/interactions.service.ts';
import { OwnCommandsService, type OwnCommand } from '../own-bots/own-commands.service.ts';
import type { Clock } from '../when/clock.ts';
import { readComingTime } from '../when/read-time.ts';
import { CommandRegistry } from './command-registry.ts';
import type { Ask, BotCommand, CommandAnswer } from './command.ts';
import { calledBy, oneOf, toldFault } from './fault-text.ts';
import type { ParsedCommand } from './parse-command.ts';
import { i18n } from '../words/words.ts';

/** A command that is known, for who asks, with arguments that fit it. */
export type ReadyCommand = { posts: boolean } & (
  | { own?: undefined; answer(ask: Omit<Ask, 'values' | 'flags'>): Promise<CommandAnswer> }
  /** One of a bot that is in the room: it is told, and answers when it does. */
  | { own: OwnCommand; ask(use: Omit<Use, 'values' | 'flags' | 'public'>): Promise<void> }
);
type Asked = { roomId: string; role: RoomRole; clock: Clock };

/** From what was written to a command that can be answered; posted and run ones alike. */
@Injectable()
export class CommandRunner {
  constructor(
    private readonly registry: CommandRegistry,
    private readonly ownCommands: OwnCommandsService,
    private readonly interactions: InteractionsService,
  ) {}

  /** @throws AppError `unknown_command` with the nearest names, `forbidden`, `validation_failed` with the argument at fault */
  async prepare(parsed: ParsedCommand, asked: Asked): Promise<ReadyCommand> {
    const { command, values, flags, fault } = await this.read(parsed, asked);
    const { description } = command;
    if (fault) {
      const { path, message } = toldFault(fault);
      const detail = i18n.t('{path} {message}. Usage: {usage}', { path: calledBy(description, path), message, usage: description.usage });
      throw new AppError('validation_failed', detail, { errors: [{ path, message }] });
    }
    const posts = description.posts === true || flags.has('public');
    if ('bot' in command)
      return {
        posts,
        own: command,
        ask: (use) => this.interactions.begin(command, { ...use, ...toldValues(values, flags), public: posts || use.posted }),
      };
    return { posts, answer: (ask) => command.answer({ ...ask, values, flags }) };
  }

  /** What stands in the places of a command, and the first of them that is wrong. @throws AppError `unknown_command`, `forbidden` */
  async read({ name, args }: ParsedCommand, asked: Asked): Promise<ReadArguments & { command: BotCommand | OwnCommand }> {
    const command = await this.requireCommand(name, asked);
    const readTime = (text: string) => ('bot' in command ? readComingTime(text, asked.clock) : command.readTime(text, asked.clock));
    return { command, ...readArguments(command.description, args, readTime) };
  }

  private async requireCommand(name: string, { roomId, role }: Asked): Promise<BotCommand | OwnCommand> {
    const command = this.registry.find(name) ?? (await this.ownCommands.find(roomId, name));
    if (!command) throw await this.unknown(name, roomId, role);
    if (!command.description.allowedRoles.includes(role))
      throw new AppError('forbidden', i18n.t('/{name} is not for your role in this room.', { name }));
    return command;
  }

  private async unknown(name: string, roomId: string, role: RoomRole): Promise<AppError> {
    const known = await this.registry.describe(roomId, role);
    const nearest = nearestNames(
      name,
      known.map((command) => command.name),
    ).map((near) => `/${near}`);
    const hint = nearest.length > 0 ? i18n.t('Did you mean {names}?', { names: oneOf(nearest) }) : i18n.t('/help shows what there is.');
    const detail = i18n.t('There is no command /{name}. {hint} Write //{name} to say it as text.', { name, hint });
    return new AppError('unknown_command', detail, { nearest });
  }
}

/** Values and flags as they cross to a bot: a time is what it means. */
const toldValues = (values: Readonly<Record<string, ArgumentValue>>, flags: ReadonlySet<string>): Pick<Use, 'values' | 'flags'> => ({
  values: Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'object' && !Array.isArray(value) ? value.at.toISOString() : value,
    ]),
  ),
  flags: [...flags].filter((flag) => flag !== 'public'),
});
