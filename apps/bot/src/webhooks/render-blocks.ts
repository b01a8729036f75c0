import { fromPlain, plainLinkTo } from './common-mark.ts';
import { renderRich } from './render-rich-text.ts';
import { renderTable } from './render-table.ts';
import type { Block, Element, TextObject } from './slack-payload.ts';
import { fromMrkdwn } from './slack-text.ts';

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
    case 'video':
      return plainLinkTo(block.title_url ?? block.video_url ?? '', `▶ ${block.title?.text ?? block.alt_text ?? 'video'}`);
    case 'context':
    case 'actions':
      return (block.elements ?? []).map(renderElement).filter(Boolean).join(' · ');
    case 'rich_text':
      return joinedRich(block.elements ?? []);
    case 'table':
      return renderTable(block.rows ?? []);
    case 'markdown':
      return block.text?.text ?? '';
    default:
      return renderSection(block);
  }
}

/** Lists that follow each other are one: those within another are told after it. */
const joinedRich = (parts: readonly Element[]): string =>
  parts
    .map((part, index) => {
      const goesOn = part.type === 'rich_text_list' && parts[index - 1]?.type === 'rich_text_list';
      return `${index === 0 ? '' : goesOn ? '\n' : '\n\n'}${renderRich(part)}`;
    })
    .join('');

function renderSection({ text, fields, accessory, label }: Block): string {
  const listed = (fields ?? []).flatMap((field) => (field ? fieldLine(textOf(field)) : []));
  return [textOf(text ?? label), listed.join('\n'), accessory ? renderElement(accessory) : ''].filter(Boolean).join('\n\n');
}

/** A name on the first line, with a colon or without, and its value. */
function fieldLine(text: string): string[] {
  const [name, ...value] = text.split('\n').filter((line) => line.trim() !== '');
  if (name === undefined) return [];
  const named = /[:：]\W*$/.test(name) || value.length === 0 ? name : `${name}:`;
  return [`- ${named}${value.length > 1 ? '\n  ' : ' '}${value.join('\n  ')}`.trimEnd()];
}

/** An image as a link, a button as one where it leads somewhere, words as they are. */
export function renderElement(element: Element): string {
  if (element.type === 'image') return picture(element.image_url, element.alt_text);
  if (element.url !== undefined) return plainLinkTo(element.url, element.text?.text);
  return element.type === 'plain_text' || element.type === 'mrkdwn' ? textOf(asText(element)) : '';
}

/** In a context an element is a text object itself: its `text` is a string, which reading made an object of its own. */
const asText = ({ type, text }: Element): TextObject | undefined => (text ? { type: type ?? 'mrkdwn', text: text.text } : undefined);

export const picture = (url: string | undefined, label: string | undefined): string =>
  url === undefined ? '' : plainLinkTo(url, `🖼 ${label ?? 'image'}`);

export function textOf(text: TextObject | undefined): string {
  if (!text?.text) return '';
  return text.type === 'plain_text' ? fromPlain(text.text) : fromMrkdwn(text.text);
}

export const oneLine = (text: string): string =>
  text
    .split(/\n+/)
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' ');
