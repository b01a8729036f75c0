import { COLOUR_SIGNS, hasInk, signedBySender } from '@atrium/contracts';
import { fromPlain, plainLinkTo } from './common-mark.ts';
import { oneLine, picture, renderBlocks, renderElement } from './render-blocks.ts';
import { dateText } from './slack-dates.ts';
import { withEmoji } from './slack-emoji.ts';
import type { Attachment, SlackPayload } from './slack-payload.ts';
import { fromMrkdwn } from './slack-text.ts';

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
  return shortened(whole);
}

/** Cut at the end of a line, where one is near, and saying so. */
function shortened(whole: string): string {
  const characters = [...whole];
  if (characters.length <= LONGEST) return whole;
  const head = characters.slice(0, LONGEST - 60).join('');
  const end = head.lastIndexOf('\n');
  const kept = end > head.length - 1000 ? head.slice(0, end) : head;
  return `${kept.trimEnd()}\n\n… and ${(characters.length - [...kept].length).toLocaleString('en')} characters more`;
}

/** Where there are blocks, the text is only what Slack shows in notifications. */
function renderMain({ text, blocks, mrkdwn }: SlackPayload): string[] {
  const shown = renderBlocks(blocks ?? []);
  if (shown.length > 0) return shown;
  return text === undefined ? [] : [mrkdwn === false ? fromPlain(text) : fromMrkdwn(text)];
}

function renderAttachment(attachment: Attachment): string {
  const { color, fallback } = attachment;
  const pretext = attachment.pretext === undefined || !hasInk(attachment.pretext) ? undefined : attachment.pretext;
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
  const { author_name: author, author_link: authorLink, title, title_link: titleLink, text, fields, footer, ts } = attachment;
  const heading =
    title === undefined || !hasInk(title)
      ? ''
      : `**${titleLink === undefined ? oneLine(fromMrkdwn(title)) : plainLinkTo(titleLink, title)}**`;
  const listed = (fields ?? []).flatMap((field) => (field ? [fieldLine(field)] : [])).filter(Boolean);
  const buttons = (attachment.actions ?? []).flatMap((action) => (action ? [renderElement(action)] : [])).filter(Boolean);
  return [
    author === undefined || !hasInk(author) ? '' : authorLink === undefined ? fromPlain(author) : plainLinkTo(authorLink, author),
    heading,
    text === undefined ? '' : fromMrkdwn(text),
    ...renderBlocks(attachment.blocks ?? []),
    listed.join('\n'),
    picture(attachment.image_url ?? attachment.thumb_url, title),
    buttons.join(' · '),
    [footer === undefined || !hasInk(footer) ? '' : `_${oneLine(fromMrkdwn(footer))}_`, ts === undefined ? '' : dateText(ts)]
      .filter(Boolean)
      .join(' · '),
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

const NAMED: Readonly<Record<string, Colour>> = { good: 'green', warning: 'yellow', danger: 'red' };

type Colour = (typeof COLOUR_SIGNS)[number]['colour'];

/** The colour at an attachment's side, as a sign that also stands where there are no colours. */
function signOf(color: string | undefined): string {
  const colour = color === undefined ? undefined : (NAMED[color.toLowerCase()] ?? nearestTo(color));
  return colour === undefined ? '' : `${COLOUR_SIGNS.find((one) => one.colour === colour)!.sign} `;
}

function nearestTo(color: string): Colour | undefined {
  const short = /^#?([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(color);
  const [, r = '', g = '', b = ''] = short
    ? short.map((part) => part + part)
    : (/^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color) ?? []);
  if (r === '') return undefined;
  const [red, green, blue] = [r, g, b].map((part) => parseInt(part, 16)) as [number, number, number];
  if (Math.max(red, green, blue) - Math.min(red, green, blue) < 40) return Math.max(red, green, blue) < 100 ? 'black' : 'white';
  if (green >= red && green >= blue) return red > green * 0.8 ? 'yellow' : 'green';
  if (blue >= red) return red > blue * 0.6 ? 'purple' : 'blue';
  if (green > red * 0.7) return 'yellow';
  return green > red * 0.4 ? 'orange' : 'red';
}
