import { nearestNames, type Command, type RoomRole } from '@atrium/contracts';
import type { KeywordsService } from '../keywords/keywords.service.ts';
import { plainText } from './plain-text.ts';
import { BotCommand, EVERYONE, type Ask, type CommandAnswer } from './command.ts';

/** `/help`: what the asker can do, told by the registry itself. */
export class HelpCommand extends BotCommand {
  readonly description: Command = {
    name: 'help',
    description: 'Shows what the bot can do, or how one command is written.',
    usage: '/help [command]',
    arguments: [{ name: 'command', description: 'a command to be told about, such as "remind"', type: 'text', required: false }],
    allowedRoles: EVERYONE,
  };

  constructor(
    private readonly keywords: KeywordsService,
    private readonly commandsFor: (roomId: string, role: RoomRole) => Promise<Command[]>,
  ) {
    super();
  }

  async answer({ roomId, asker, values }: Ask): Promise<CommandAnswer> {
    const commands = await this.commandsFor(roomId, asker.role);
    if (typeof values['command'] === 'string') return { body: renderOne(values['command'], commands) };
    return { body: renderHelp(commands, await this.keywords.words(roomId)) };
  }
}

export function renderHelp(commands: readonly Command[], keywords: readonly string[]): string {
  const lines = commands.map(
    ({ usage, description, bot }) => `- \`${usage}\` – ${bot ? `${plainText(description)} (${plainText(bot.name)})` : description}`,
  );
  const parts = [`**What I can do**\n\n${lines.join('\n')}`];
  if (keywords.length > 0) parts.push(`I also answer to: ${keywords.map((keyword) => `"${keyword}"`).join(', ')}.`);
  parts.push('What you run as a command is answered to you alone; with `--public` the whole room reads it.');
  parts.push('Start a message with `//` to send a slash as text.');
  return parts.join('\n\n');
}

function renderOne(asked: string, commands: readonly Command[]): string {
  const name = asked.replace(/^\//, '').toLowerCase();
  const command = commands.find((one) => one.name === name);
  if (!command) {
    const near = nearestNames(
      name,
      commands.map((one) => one.name),
    );
    return `There is no such command.${near.length > 0 ? ` Did you mean ${near.map((one) => `\`/${one}\``).join(' or ')}?` : ''}`;
  }
  const places = command.arguments.map(
    ({ name: place, description, required }) => `- **${place}**${required ? '' : ' (optional)'}: ${description}`,
  );
  const flags = (command.flags ?? []).map((flag) => `- \`--${flag.name}\`: ${flag.description}`);
  return [`\`${command.usage}\` – ${command.description}`, [...places, ...flags].join('\n')].filter(Boolean).join('\n\n');
}
