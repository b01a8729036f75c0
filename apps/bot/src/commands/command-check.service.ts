import { AppError, type Call, type Command, type CommandCheck, type FieldError, type ParsedInputOf, type bot } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { timeText, type Clock } from '../when/clock.ts';
import { repeatText, type Repeat } from '../when/repeat.ts';
import { CommandRunner } from './command-runner.ts';
import type { Ask } from './command.ts';
import { toldFault } from './fault-text.ts';
import { CommandsAccess } from './commands.access.ts';
import { NamedMembers } from './members.ts';
import { requireCommand } from './parse-command.ts';
import { i18n } from '../words/words.ts';

/** Reads a command while it is being written, as the run of it would. */
@Injectable()
export class CommandCheckService {
  constructor(
    private readonly access: CommandsAccess,
    private readonly runner: CommandRunner,
    private readonly members: NamedMembers,
  ) {}

  async check(userId: string, input: ParsedInputOf<typeof bot.checkCommand>, call: Call): Promise<CommandCheck> {
    const { roomId, text, timeZone = 'UTC' } = input;
    const { room, member } = await this.access.requireMember(userId, roomId, call);
    const parsed = requireCommand(text);
    if (!room.botEnabled) return { fault: null, reads: [] };
    const clock = { now: new Date(), timeZone };
    const { command, values, fault } = await this.runner.read(parsed, { roomId, role: member.role, clock });
    const { description } = command;
    return {
      fault:
        (await this.absent(description, { roomId, call, values })) ??
        (fault && { ...toldFault(fault), ...(fault.kind === 'missing' && { missing: true }) }),
      reads: timesOf(description, values, clock),
    };
  }

  /** A member who is named but not in the room. */
  private async absent({ arguments: places }: Command, asked: Pick<Ask, 'roomId' | 'call' | 'values'>): Promise<FieldError | null> {
    for (const { name, type } of places) {
      if (type !== 'member' || asked.values[name] === undefined) continue;
      try {
        await this.members.require(asked, name);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'validation_failed') throw error;
        return (error.data as { errors: [FieldError] }).errors[0];
      }
    }
    return null;
  }
}

function timesOf({ arguments: places }: Command, values: Ask['values'], clock: Clock): CommandCheck['reads'] {
  return places.flatMap(({ name }) => {
    const value = values[name];
    if (typeof value !== 'object' || Array.isArray(value)) return [];
    const there = { ...clock, timeZone: value.timeZone ?? clock.timeZone };
    const first = timeText(value.at, there);
    const repeats = value.repeats === undefined ? '' : repeatText(value.repeats as Repeat, value.at, there.timeZone);
    const text = repeats ? i18n.t('{repeats}, first {first}', { repeats, first }) : first;
    return [{ argument: name, text }];
  });
}
