import type { Command, RoomRole } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { KeywordsService } from '../keywords/keywords.service.ts';
import type { BotCommand } from './command.ts';
import { HelpCommand } from './help.command.ts';
import { StatusCommand } from './status.command.ts';
import { SummaryCommand } from './summary.command.ts';

/** Every command there is. `/help`, completion and the answers all come from here, so they cannot drift apart. */
@Injectable()
export class CommandRegistry {
  private readonly commands: ReadonlyMap<string, BotCommand>;

  constructor(keywords: KeywordsService, status: StatusCommand, summary: SummaryCommand) {
    const help = new HelpCommand(keywords, (role) => this.describe(role));
    this.commands = new Map([help, status, summary].map((command) => [command.description.name, command]));
  }

  find(name: string): BotCommand | undefined {
    return this.commands.get(name);
  }

  /** The commands somebody in this role may use. */
  describe(role: RoomRole): Command[] {
    return [...this.commands.values()].map((command) => command.description).filter((it) => it.allowedRoles.includes(role));
  }
}
