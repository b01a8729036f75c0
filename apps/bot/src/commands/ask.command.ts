import { RpcClient } from '@atrium/bus';
import { files, type Answer, type Citation, type Command, type NoteLink } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { BotCommand, EVERYONE, type Ask, type CommandAnswer } from './command.ts';
import { plainText } from './plain-text.ts';
import { i18n } from '../words/words.ts';

const LONGEST_QUESTION = 1000;

/** `/ask`: the room's files answer, with quotes. */
@Injectable()
export class AskCommand extends BotCommand {
  get description(): Command {
    return {
      name: 'ask',
      description: i18n.t('Asks the files of this room; only an answer costs credits.'),
      usage: i18n.t('/ask <question>'),
      arguments: [
        {
          name: 'question',
          label: i18n.t('question'),
          description: i18n.t('what you want to know from the files'),
          type: 'text',
          required: true,
        },
      ],
      allowedRoles: EVERYONE,
    };
  }

  constructor(private readonly rpc: RpcClient) {
    super();
  }

  async answer({ id, roomId, values, call }: Ask): Promise<CommandAnswer> {
    const question = [...String(values['question'])].slice(0, LONGEST_QUESTION).join('');
    // One question for one command, however often it is delivered: it is charged once.
    const answer = await this.rpc.call(files.askRoom, { roomId, question, idempotencyKey: `command:${id}` }, call);
    return () => ({ body: renderAnswer(answer), links: linksOf(roomId, answer.citations) });
  }
}

export function renderAnswer({ status, question, answer, citations, cost }: Answer): string {
  const asked = `**${plainText(question)}**`;
  if (status === 'no_evidence') return `${asked}\n\n${i18n.t('Nothing in this room’s files bears on it. Nothing was charged.')}`;
  const quotes = citations.map(({ n, quote, page }) => `> ${plainText(quote)} ${i18n.t('[{n}, page {page}]', { n, page })}`).join('\n>\n');
  if (status === 'closest')
    return `${asked}\n\n${i18n.t('No sure answer; these passages come closest. Nothing was charged.')}\n\n${quotes}`;
  return `${asked}\n\n${answer}\n\n${quotes}\n\n${i18n.t('{cost, plural, one {# credit} other {# credits}}.', { cost })}`;
}

const linksOf = (roomId: string, citations: readonly Citation[]): NoteLink[] =>
  citations.map(({ n, fileId, page, start, end }) => ({
    label: i18n.t('[{n}] page {page}', { n, page }),
    href: `/rooms/${roomId}/files/${fileId}?page=${page}&start=${start}&end=${end}`,
  }));
