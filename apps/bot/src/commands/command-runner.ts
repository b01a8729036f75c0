import { AppError, nearestNames, readArguments, type RoomRole } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import type { Clock } from '../when/read-time.ts';
import { CommandRegistry } from './command-registry.ts';
import type { Ask, BotCommand, CommandAnswer } from './command.ts';
import type { ParsedCommand } from './parse-command.ts';

/** A command that is known, for who asks, with arguments that fit it. */
export type ReadyCommand = { posts: boolean; answer(ask: Omit<Ask, 'values' | 'flags'>): Promise<CommandAnswer> };

/** From what was written to a command that can be answered; posted and run ones alike. */
@Injectable()
export class CommandRunner {
  constructor(private readonly registry: CommandRegistry) {}

  /** @throws AppError `unknown_command` with the nearest names, `forbidden`, `validation_failed` with the argument at fault */
  prepare({ name, args }: ParsedCommand, role: RoomRole, clock: Clock): ReadyCommand {
    const command = this.requireCommand(name, role);
    const { values, flags, fault } = readArguments(command.description, args, (text) => command.readTime(text, clock));
    if (fault)
      throw new AppError('validation_failed', `${fault.path} ${fault.message}. Usage: ${command.description.usage}`, { errors: [fault] });
    const posts = command.description.posts === true || flags.has('public');
    return { posts, answer: (ask) => command.answer({ ...ask, values, flags }) };
  }

  private requireCommand(name: string, role: RoomRole): BotCommand {
    const command = this.registry.find(name);
    if (!command) throw this.unknown(name, role);
    if (!command.description.allowedRoles.includes(role)) throw new AppError('forbidden', `/${name} is not for your role in this room.`);
    return command;
  }

  private unknown(name: string, role: RoomRole): AppError {
    const nearest = nearestNames(
      name,
      this.registry.describe(role).map((command) => command.name),
    ).map((near) => `/${near}`);
    const hint = nearest.length > 0 ? `Did you mean ${nearest.join(' or ')}?` : '/help shows what there is.';
    return new AppError('unknown_command', `There is no command /${name}. ${hint}`, { nearest });
  }
}
