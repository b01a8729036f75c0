import type { Command, RoomRole } from '@atrium/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { KeywordsService } from '../keywords/keywords.service.ts';
import { OwnCommandsService } from '../own-bots/own-commands.service.ts';
import { AskCommand } from './ask.command.ts';
import type { BotCommand } from './command.ts';
import { DmCommand } from './dm.command.ts';
import { FilesCommand } from './files.command.ts';
import { HelpCommand } from './help.command.ts';
import { InviteCommand } from './invite.command.ts';
import { MuteCommand } from './mute.command.ts';
import { NamedMembers } from './members.ts';
import { PollCommand } from './poll.command.ts';
import { RemindCommand } from './remind.command.ts';
import { StatusCommand } from './status.command.ts';
import { SummaryCommand } from './summary.command.ts';
import { TopicCommand } from './topic.command.ts';
import { WhoCommand } from './who.command.ts';

/** The commands besides `/help`, each a provider of its own. */
const COMMANDS = [
  StatusCommand,
  SummaryCommand,
  AskCommand,
  FilesCommand,
  RemindCommand,
  PollCommand,
  WhoCommand,
  TopicCommand,
  DmCommand,
  InviteCommand,
  MuteCommand,
];
const ALL = Symbol('commands');
export const commandProviders = [
  NamedMembers,
  ...COMMANDS,
  { provide: ALL, useFactory: (...commands: BotCommand[]) => commands, inject: COMMANDS },
];

/** Every command there is. `/help`, completion and the answers all come from here, so they cannot drift apart. */
@Injectable()
export class CommandRegistry {
  private readonly commands: ReadonlyMap<string, BotCommand>;

  constructor(
    keywords: KeywordsService,
    private readonly own: OwnCommandsService,
    @Inject(ALL) commands: readonly BotCommand[],
  ) {
    const help = new HelpCommand(keywords, (roomId, role) => this.known(roomId, role));
    this.commands = new Map([help, ...commands].map((command) => [command.description.name, command]));
  }

  /** One of the room bot's own. */
  find(name: string): BotCommand | undefined {
    return this.commands.get(name);
  }

  /** The commands somebody in this role may use in a room: the room bot's, and those of the bots that are its members. */
  async describe(roomId: string, role: RoomRole): Promise<Command[]> {
    return (await this.known(roomId, role))();
  }

  /** The same, in the language in which they are read. */
  private async known(roomId: string, role: RoomRole): Promise<() => Command[]> {
    const own = await this.own.in(roomId);
    const all = [...this.commands.values(), ...own.filter(({ description }) => !this.commands.has(description.name))];
    return () => all.map(({ description }) => description).filter((it) => it.allowedRoles.includes(role));
  }
}
