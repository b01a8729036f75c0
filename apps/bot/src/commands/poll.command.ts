import { AppError, pollClientId, type Command } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { PollsService } from '../polls/polls.service.ts';
import { BotCommand, EVERYONE, type Ask, type CommandAnswer } from './command.ts';
import { plainText } from './plain-text.ts';

const MOST_OPTIONS = 20;
const LONGEST_TEXT = 200;

/** `/poll`: a question to the room. Its message holds the words; votes come and go beside it. */
@Injectable()
export class PollCommand extends BotCommand {
  readonly description: Command = {
    name: 'poll',
    description: 'Asks the room a question to vote on.',
    usage: '/poll <question> | <option> | <option> [--multiple] [--anonymous]',
    arguments: [
      {
        name: 'question',
        description: 'the question and two to twenty options, parted by |',
        type: 'text',
        separator: '|',
        max: LONGEST_TEXT,
        required: true,
      },
    ],
    flags: [
      { name: 'multiple', description: 'one may choose several options' },
      { name: 'anonymous', description: 'nobody sees who voted for what' },
    ],
    posts: true,
    allowedRoles: EVERYONE,
  };

  constructor(private readonly polls: PollsService) {
    super();
  }

  async answer({ id, roomId, asker, values, flags }: Ask): Promise<CommandAnswer> {
    const [question = '', ...options] = values['question'] as string[];
    requireOptions(question, options);
    const poll = {
      id,
      roomId,
      authorId: asker.userId,
      question,
      options,
      multiple: flags.has('multiple'),
      anonymous: flags.has('anonymous'),
    };
    await this.polls.create(poll);
    const lines = options.map((option, index) => `${index + 1}. ${plainText(option)}`);
    const rules = [poll.multiple ? 'several answers' : '', poll.anonymous ? 'secret votes' : ''].filter(Boolean).join(', ');
    const head = `**Poll by ${plainText(asker.displayName)}**: ${plainText(question)}${rules ? ` (${rules})` : ''}`;
    return { body: `${head}\n\n${lines.join('\n')}`, clientId: pollClientId(id) };
  }
}

/** @throws AppError `validation_failed` */
function requireOptions(question: string, options: readonly string[]): void {
  const message = faultOf(question, options);
  if (message !== undefined) throw new AppError('validation_failed', `question ${message}`, { errors: [{ path: 'question', message }] });
}

function faultOf(question: string, options: readonly string[]): string | undefined {
  if (question === '') return 'must not be empty: /poll Lunch? | Pizza | Soup';
  if (options.length < 2) return 'needs at least two options, parted by |: /poll Lunch? | Pizza | Soup';
  if (options.length > MOST_OPTIONS) return `may have at most ${MOST_OPTIONS} options`;
  if (options.some((option) => option === '')) return 'has an empty option';
  const known = new Set(options.map(asSeen));
  return known.size < options.length ? 'has the same option twice' : undefined;
}

/** Options that readers cannot tell apart are the same: case, composed letters and what has no width aside. */
const asSeen = (option: string): string =>
  option
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/\s+/g, ' ');
