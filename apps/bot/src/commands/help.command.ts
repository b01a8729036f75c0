import { nearestNames, type Command, type RoomRole } from '@atrium/contracts';
import type { KeywordsService } from '../keywords/keywords.service.ts';
import { oneOf } from './fault-text.ts';
import { plainText } from './plain-text.ts';
import { BotCommand, EVERYONE, type Ask, type CommandAnswer } from './command.ts';
import { i18n } from '../words/words.ts';

/** `/help`: what the asker can do, told by the registry itself. */
export class HelpCommand extends BotCommand {
  get description(): Command {
    return {
      name: 'help',
      description: i18n.t('Shows what the bot can do, or how one command is written.'),
      usage: i18n.t('/help [command]'),
      arguments: [
        {
          name: 'command',
          label: i18n.t('command'),
          description: i18n.t('a command to be told about, such as "remind"'),
          type: 'text',
          required: false,
        },
      ],
      allowedRoles: EVERYONE,
    };
  }

  constructor(
    private readonly keywords: KeywordsService,
    private readonly commandsFor: (roomId: string, role: RoomRole) => Promise<() => Command[]>,
  ) {
    super();
  }

  async answer({ roomId, asker, values }: Ask): Promise<CommandAnswer> {
    const commands = await this.commandsFor(roomId, asker.role);
    if (typeof values['command'] === 'string') return () => ({ body: renderOne(String(values['command']), commands()) });
    const keywords = await this.keywords.words(roomId);
    return () => ({ body: renderHelp(commands(), keywords) });
  }
}

export function renderHelp(commands: readonly Command[], keywords: readonly string[]): string {
  const lines = commands.map(
    ({ usage, description, bot }) => `- \`${usage}\` – ${bot ? `${plainText(description)} (${plainText(bot.name)})` : description}`,
  );
  const parts = [`**${i18n.t('What I can do')}**\n\n${lines.join('\n')}`];
  if (keywords.length > 0)
    parts.push(i18n.t('I also answer to: {keywords}.', { keywords: keywords.map((keyword) => `"${keyword}"`).join(', ') }));
  parts.push(i18n.t('What you run as a command is answered to you alone; with `--public` the whole room reads it.'));
  parts.push(i18n.t('Start a message with `//` to send a slash as text.'));
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
    if (near.length === 0) return i18n.t('There is no such command.');
    return i18n.t('There is no such command. Did you mean {names}?', { names: oneOf(near.map((one) => `\`/${one}\``)) });
  }
  const places = command.arguments.map(
    ({ name: place, label = place, description, required }) =>
      `- **${label}**${required ? '' : ` ${i18n.t('(optional)')}`}: ${description}`,
  );
  const flags = (command.flags ?? []).map((flag) => `- \`--${flag.name}\`: ${flag.description}`);
  return [`\`${command.usage}\` – ${command.description}`, [...places, ...flags].join('\n')].filter(Boolean).join('\n\n');
}
