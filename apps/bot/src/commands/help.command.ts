import type { Command, RoomRole } from '@atrium/contracts';
import type { KeywordsService } from '../keywords/keywords.service.ts';
import { BotCommand, EVERYONE, type Ask } from './command.ts';

/** `/help`: what the asker can do, told by the registry itself. */
export class HelpCommand extends BotCommand {
  readonly description: Command = {
    name: 'help',
    description: 'Shows what the bot can do.',
    usage: '/help',
    arguments: [],
    allowedRoles: EVERYONE,
  };

  constructor(
    private readonly keywords: KeywordsService,
    private readonly commandsFor: (role: RoomRole) => Command[],
  ) {
    super();
  }

  async answer({ roomId, asker }: Ask): Promise<string> {
    return renderHelp(this.commandsFor(asker.role), await this.keywords.words(roomId));
  }
}

export function renderHelp(commands: readonly Command[], keywords: readonly string[]): string {
  const lines = commands.map(({ usage, description }) => `- \`${usage}\` – ${description}`);
  const parts = [`**What I can do**\n\n${lines.join('\n')}`];
  if (keywords.length > 0) parts.push(`I also answer to: ${keywords.map((keyword) => `"${keyword}"`).join(', ')}.`);
  parts.push('Start a message with `//` to send a slash as text.');
  return parts.join('\n\n');
}
