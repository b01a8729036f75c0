import type { Message } from '../messages/messages.schema.ts';
import { BOT_USER_ID } from './bot.user.ts';

/** What an incoming webhook posted: who sent it, as plain text, and what they said. */
export type WebhookPost = { sender: string; icon: string | undefined; body: string };

/** The `clientId` of what an incoming webhook posted: how a client knows that it was not the bot who spoke. */
export const webhookClientId = (digest: string): string => `hook:${digest}`;

/** Stands first in what is quoted from a program, for the colour that it gave it; also where there are no colours. */
export const COLOUR_SIGNS = [
  { colour: 'green', sign: '🟢' },
  { colour: 'yellow', sign: '🟡' },
  { colour: 'orange', sign: '🟠' },
  { colour: 'red', sign: '🔴' },
  { colour: 'purple', sign: '🟣' },
  { colour: 'blue', sign: '🔵' },
  { colour: 'black', sign: '⚫' },
  { colour: 'white', sign: '⚪' },
] as const;

/** A message of a webhook as CommonMark, under the name of who sent it. @param sender CommonMark of one line */
export const signedBySender = (sender: string, icon: string, body: string): string => `${icon && `${icon} `}**${sender}**\n\n${body}`;

const SIGNED = /^(?:([^*\s]+) )?\*\*((?:\\.|[^\\\n])+)\*\*\n\n([\s\S]+)$/u;

/** Takes a message of an incoming webhook apart; undefined for any other. */
export function webhookPostOf({ authorId, clientId, body }: Pick<Message, 'authorId' | 'clientId' | 'body'>): WebhookPost | undefined {
  if (authorId !== BOT_USER_ID || !clientId?.startsWith('hook:')) return undefined;
  const [, icon, sender, said] = SIGNED.exec(body) ?? [];
  return sender === undefined || said === undefined ? undefined : { sender: asPlain(sender), icon, body: said };
}

/** What a message says, without the line that names the sender of a webhook. */
export const saidIn = (message: Pick<Message, 'authorId' | 'clientId' | 'body'>): string => webhookPostOf(message)?.body ?? message.body;

/** What was escaped to be shown as it is. */
const asPlain = (sender: string): string =>
  sender
    .replace(/\\([\\`*_~[\]|&#+=.)-])/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
