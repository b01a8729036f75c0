import { RpcClient } from '@atrium/bus';
import { files, type Answer, type Citation, type Command, type NoteLink } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { BotCommand, EVERYONE, type Ask, type CommandAnswer } from './command.ts';
import { plainText } from './plain-text.ts';

const LONGEST_QUESTION = 1000;

/** `/ask`: the room's files answer, with quotes. */
@Injectable()
export class AskCommand extends BotCommand {
  readonly description: Command = {
    name: 'ask',
    description: 'Asks the files of this room; only an answer costs credits.',
    usage: '/ask <question>',
    arguments: [{ name: 'question', description: 'what you want to know from the files', type: 'text', required: true }],
    allowedRoles: EVERYONE,
  };

  constructor(private readonly rpc: RpcClient) {
    super();
  }

  async answer({ id, roomId, values, call }: Ask): Promise<CommandAnswer> {
    const question = [...String(values['question'])].slice(0, LONGEST_QUESTION).join('');
    // One question for one command, however often it is delivered: it is charged once.
    const answer = await this.rpc.call(files.askRoom, { roomId, question, idempotencyKey: `command:${id}` }, call);
    return { body: renderAnswer(answer), links: linksOf(roomId, answer.citations) };
  }
}

export function renderAnswer({ status, question, answer, citations, cost }: Answer): string {
  const asked = `**${plainText(question)}**`;
  if (status === 'no_evidence') return `${asked}\n\nNothing in this room’s files bears on it. Nothing was charged.`;
  const quotes = citations.map(({ n, quote, page }) => `> ${plainText(quote)} [${n}, page ${page}]`).join('\n>\n');
  if (status === 'closest') return `${asked}\n\nNo sure answer; these passages come closest. Nothing was charged.\n\n${quotes}`;
  return `${asked}\n\n${answer}\n\n${quotes}\n\n${cost === 1 ? '1 credit' : `${cost} credits`}.`;
}

const linksOf = (roomId: string, citations: readonly Citation[]): NoteLink[] =>
  citations.map(({ n, fileId, page, start, end }) => ({
    label: `[${n}] page ${page}`,
    href: `/rooms/${roomId}/files/${fileId}?page=${page}&start=${start}&end=${end}`,
  }));
