import { hasInk, signedBySender } from '@atrium/contracts';
import { oneLine, picture, renderBlocks, renderElement } from './render-blocks.ts';
import type { Attachment, SlackPayload } from './slack-payload.ts';
import { fromMrkdwn, fromPlain, plainLinkTo, withEmoji } from './slack-text.ts';

/** A message holds 10,000 characters; what a program sends beyond is cut, since nobody is there to shorten it. */
const LONGEST = 9_900;

/** What a payload says, as CommonMark under the name of who sent it; empty when it says nothing that can be seen. */
export function renderPayload(payload: SlackPayload, name: string): string {
  const body = [...renderMain(payload), ...(payload.attachments ?? []).flatMap((one) => (one ? [renderAttachment(one)] : []))]
    .filter(hasInk)
    .join('\n\n');
  if (!hasInk(body)) return '';
  const sender = fromPlain(oneLine(payload.username ?? '') || name);
  const icon = payload.icon_emoji === undefined ? '' : withEmoji(`:${payload.icon_emoji.replaceAll(':', '')}:`);
  const whole = signedBySender(sender, icon.startsWith(':') ? '' : icon, body);
  const characters = [...whole];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : whole;
}

/** Where there are blocks, the text is only what Slack shows in notifications. */
function renderMain({ text, blocks, mrkdwn }: SlackPayload): string[] {
  const shown = renderBlocks(blocks ?? []);
  if (shown.length > 0) return shown;
  return text === undefined ? [] : [mrkdwn === false ? fromPlain(text) : fromMrkdwn(text)];
}

function renderAttachment(attachment: Attachment): string {
  const { pretext, color, fallback } = attachment;
  const inside = attachmentParts(attachment).filter(hasInk);
  const shown = inside.length > 0 ? inside : fallback === undefined ? [] : [fromPlain(fallback)];
  if (shown.length === 0) return pretext === undefined ? '' : fromMrkdwn(pretext);
  const [first = '', ...rest] = shown;
  const signed = [withSign(signOf(color), first), ...rest].join('\n\n');
  const quoted = signed
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
  return pretext === undefined ? quoted : `${fromMrkdwn(pretext)}\n\n${quoted}`;
}

function attachmentParts(attachment: Attachment): string[] {
  const { author_name: author, author_link: authorLink, title, title_link: titleLink, text, fields, footer } = attachment;
  const heading = title === undefined ? '' : `**${titleLink === undefined ? oneLine(fromMrkdwn(title)) : plainLinkTo(titleLink, title)}**`;
  const listed = (fields ?? []).flatMap((field) => (field ? [fieldLine(field)] : [])).filter(Boolean);
  const buttons = (attachment.actions ?? []).flatMap((action) => (action ? [renderElement(action)] : [])).filter(Boolean);
  return [
    author === undefined ? '' : authorLink === undefined ? fromPlain(author) : plainLinkTo(authorLink, author),
    heading,
    text === undefined ? '' : fromMrkdwn(text),
    ...renderBlocks(attachment.blocks ?? []),
    listed.join('\n'),
    picture(attachment.image_url ?? attachment.thumb_url, title),
    buttons.join(' · '),
    footer === undefined ? '' : `_${oneLine(fromMrkdwn(footer))}_`,
  ];
}

/** A value of several lines keeps them, under its title. */
function fieldLine({ title, value }: { title?: string | undefined; value?: string | undefined }): string {
  const lines = fromMrkdwn(value ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const named = title === undefined || title.trim() === '' ? '' : `**${oneLine(fromPlain(title))}**:`;
  if (lines.length < 2)
    return named === '' && lines.length === 0 ? '' : `- ${[named, ...lines.map((line) => line.trim())].filter(Boolean).join(' ')}`;
  return `- ${[...(named === '' ? [] : [named]), ...lines].join('\n  ')}`;
}

/** In the line that comes first, where that is one of words. */
function withSign(sign: string, first: string): string {
  if (/^(```|> |- |---$)/.test(first.trimStart())) return sign === '' ? first : `${sign.trim()}\n\n${first.trimStart()}`;
  return first.replace(/^\s*(#{1,6} )?/, (_whole, heading = '') => `${heading as string}${sign}`);
}

const NAMED: Readonly<Record<string, string>> = { good: '🟢 ', warning: '🟡 ', danger: '🔴 ' };

/** The colour at an attachment's side, as a sign that also stands where there are no colours. */
function signOf(color: string | undefined): string {
  if (color === undefined) return '';
  const named = NAMED[color.toLowerCase()];
  if (named !== undefined) return named;
  const short = /^#?([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(color);
  const [, r = '', g = '', b = ''] = short
    ? short.map((part) => part + part)
    : (/^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color) ?? []);
  if (r === '') return '';
  const [red, green, blue] = [r, g, b].map((part) => parseInt(part, 16)) as [number, number, number];
  if (Math.max(red, green, blue) - Math.min(red, green, blue) < 40) return Math.max(red, green, blue) < 100 ? '⚫ ' : '⚪ ';
  if (green >= red && green >= blue) return red > green * 0.8 ? '🟡 ' : '🟢 ';
  if (blue >= red) return red > blue * 0.6 ? '🟣 ' : '🔵 ';
  if (green > red * 0.7) return '🟡 ';
  return green > red * 0.4 ? '🟠 ' : '🔴 ';
}
