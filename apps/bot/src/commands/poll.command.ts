import { AppError, pollClientId, type Command } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { PollsService } from '../polls/polls.service.ts';
import { BotCommand, EVERYONE, type Ask, type CommandAnswer } from './command.ts';
import { plainText } from './plain-text.ts';
import { i18n } from '../words/words.ts';

const MOST_OPTIONS = 20;
const LONGEST_TEXT = 200;

/** `/poll`: a question to the room. Its message holds the words; votes come and go beside it. */
@Injectable()
export class PollCommand extends BotCommand {
  get description(): Command {
    return {
      name: 'poll',
      description: i18n.t('Asks the room a question to vote on.'),
      usage: i18n.t('/poll <question> | <option> | <option> [--multiple] [--anonymous]'),
      arguments: [
        {
          name: 'question',
          label: i18n.t('question'),
          description: i18n.t('the question and two to twenty options, parted by |'),
          type: 'text',
          separator: '|',
          max: LONGEST_TEXT,
          required: true,
        },
      ],
      flags: [
        { name: 'multiple', description: i18n.t('one may choose several options') },
        { name: 'anonymous', description: i18n.t('nobody sees who voted for what') },
      ],
      posts: true,
      allowedRoles: EVERYONE,
    };
  }

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
    return () => {
      const lines = options.map((option, index) => `${index + 1}. ${plainText(option)}`);
      const rules = [poll.multiple ? i18n.t('several answers') : '', poll.anonymous ? i18n.t('secret votes') : '']
        .filter(Boolean)
        .join(', ');
      const by = i18n.t('**Poll by {name}**', { name: plainText(asker.displayName) });
      return { body: `${by}: ${plainText(question)}${rules ? ` (${rules})` : ''}\n\n${lines.join('\n')}`, clientId: pollClientId(id) };
    };
  }
}

/** @throws AppError `validation_failed` */
function requireOptions(question: string, options: readonly string[]): void {
  const message = faultOf(question, options);
  if (message !== undefined) throw new AppError('validation_failed', `question ${message}`, { errors: [{ path: 'question', message }] });
}

function faultOf(question: string, options: readonly string[]): string | undefined {
  if (question === '') return i18n.t('must not be empty: /poll Lunch? | Pizza | Soup');
  if (options.length < 2) return i18n.t('needs at least two options, parted by |: /poll Lunch? | Pizza | Soup');
  if (options.length > MOST_OPTIONS) return i18n.t('may have at most {most} options', { most: MOST_OPTIONS });
  if (options.some((option) => option === '')) return i18n.t('has an empty option');
  const known = new Set(options.map(asSeen));
  return known.size < options.length ? i18n.t('has the same option twice') : undefined;
}

/** Options that readers cannot tell apart are the same: case, composed letters and what has no width aside. */
const asSeen = (option: string): string =>
  option
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/\s+/g, ' ');
