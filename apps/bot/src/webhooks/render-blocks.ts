import type { Block, Element, TextObject } from './slack-payload.ts';
import { fromMrkdwn, fromPlain, plainLinkTo, withEmoji } from './slack-text.ts';

/** Blocks as CommonMark, one paragraph each. Kinds that we do not know show what text they have. */
export const renderBlocks = (blocks: readonly (Block | null)[]): string[] =>
  blocks.flatMap((block) => (block ? [renderBlock(block)] : [])).filter((part) => part.trim() !== '');

function renderBlock(block: Block): string {
  switch (block.type) {
    case 'header':
      return `### ${oneLine(textOf(block.text))}`;
    case 'divider':
      return '---';
    case 'image':
      return picture(block.image_url, block.alt_text ?? block.title?.text);
    case 'context':
      return (block.elements ?? []).map(renderElement).filter(Boolean).join(' · ');
    case 'actions':
      return (block.elements ?? []).map(renderElement).filter(Boolean).join(' · ');
    case 'rich_text':
      return (block.elements ?? []).map((element) => renderRich(element)).join('\n\n');
    case 'markdown':
      return block.text?.text ?? '';
    default:
      return renderSection(block);
  }
}

function renderSection({ text, fields, accessory }: Block): string {
  const listed = (fields ?? []).flatMap((field) => (field ? [`- ${oneLine(textOf(field), ': ')}`] : []));
  return [textOf(text), listed.join('\n'), accessory ? renderElement(accessory) : ''].filter(Boolean).join('\n\n');
}

/** An image as a link, a button as one where it leads somewhere, words as they are. */
export function renderElement(element: Element): string {
  if (element.type === 'image') return picture(element.image_url, element.alt_text);
  if (element.url !== undefined) return plainLinkTo(element.url, element.text?.text);
  return element.type === 'button' ? '' : textOf(asText(element));
}

/** In a context an element is a text object itself: its `text` is a string, which reading made an object of its own. */
const asText = ({ type, text }: Element): TextObject | undefined => (text ? { type: type ?? 'mrkdwn', text: text.text } : undefined);

export const picture = (url: string | undefined, label: string | undefined): string =>
  url === undefined ? '' : plainLinkTo(url, `🖼 ${label ?? 'image'}`);

export function textOf(text: TextObject | undefined): string {
  if (!text?.text) return '';
  return text.type === 'plain_text' ? fromPlain(text.text) : fromMrkdwn(text.text);
}

export const oneLine = (text: string, between = ' '): string =>
  text
    .split(/\n+/)
    .map((line) => line.trim())
    .filter(Boolean)
    .join(between);

function renderRich(element: Element): string {
  const inner = (element.elements ?? []).map(renderInline);
  switch (element.type) {
    case 'rich_text_list':
      return (element.elements ?? []).map((item) => `${'  '.repeat(element.indent ?? 0)}- ${oneLine(renderRich(item))}`).join('\n');
    case 'rich_text_preformatted':
      return `\`\`\`\n${(element.elements ?? []).map((part) => part.text?.text ?? part.url ?? '').join('')}\n\`\`\``;
    case 'rich_text_quote':
      return inner
        .join('')
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n');
    default:
      return inner.join('');
  }
}

function renderInline(part: Element): string {
  switch (part.type) {
    case 'link':
      return part.url === undefined ? '' : plainLinkTo(part.url, part.text?.text);
    case 'emoji':
      return withEmoji(`:${part.name ?? ''}:`);
    case 'user':
      return `@${(part.user_id ?? '').toLowerCase()}`;
    case 'channel':
      return `#${part.channel_id ?? ''}`;
    case 'broadcast':
      return part.range === 'here' ? '@here' : '@room';
    default:
      return styled(part);
  }
}

function styled({ text, style }: Element): string {
  const words = text?.text ?? '';
  const marks = typeof style === 'object' && style !== null ? (style as Record<string, unknown>) : {};
  if (words.trim() === '') return words;
  if (marks['code'] === true) return `\`${words.replaceAll('`', 'ˋ')}\``;
  const [, before = '', core = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(words) ?? [];
  const mark = `${marks['bold'] === true ? '**' : ''}${marks['italic'] === true ? '_' : ''}${marks['strike'] === true ? '~~' : ''}`;
  return `${before}${mark}${fromPlain(core)}${[...mark.matchAll(/\*\*|_|~~/g)]
    .map(([one]) => one)
    .reverse()
    .join('')}${after}`;
}
