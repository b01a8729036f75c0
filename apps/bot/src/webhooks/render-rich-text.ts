import { escaped, fenced, fromPlain, linkTo } from './common-mark.ts';
import { dateText } from './slack-dates.ts';
import { withEmoji } from './slack-emoji.ts';
import type { Element } from './slack-payload.ts';

/** One part of a block of rich text as CommonMark: a section, a list, code or a quote. */
export function renderRich(element: Element): string {
  switch (element.type) {
    case 'rich_text_list':
      return renderList(element);
    case 'rich_text_preformatted':
      return fenced((element.elements ?? []).map((part) => part.text?.text ?? part.url ?? '').join(''));
    case 'rich_text_quote':
      return inlineOf(element)
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n');
    default:
      return inlineOf(element);
  }
}

const inlineOf = (element: Element): string => (element.elements ?? []).map(renderInline).join('');

/** Slack tells lists in lists as one after the other, each with its depth. */
function renderList({ elements = [], style, indent = 0, offset = 0 }: Element): string {
  const ordered = style === 'ordered';
  const within = '    '.repeat(indent);
  return elements
    .map((item, index) => {
      const mark = ordered ? `${offset + index + 1}.` : '-';
      return `${within}${mark} ${renderRich(item).trim().replace(/\n+/g, `\n${within}    `)}`;
    })
    .join('\n');
}

function renderInline(part: Element): string {
  switch (part.type) {
    case 'link':
      return part.url === undefined ? '' : linkTo(part.url, part.text && styled(part.text.text ?? '', part.style));
    case 'emoji':
      return withEmoji(`:${part.name ?? ''}:`);
    case 'user':
      return `@${(part.user_id ?? '').toLowerCase()}`;
    case 'usergroup':
      return `@${part.usergroup_id ?? ''}`;
    case 'channel':
      return `#${part.channel_id ?? ''}`;
    case 'broadcast':
      return part.range === 'here' ? '@here' : '@room';
    case 'color':
      return `\`${(part.value ?? '').replaceAll('`', '')}\``;
    case 'date':
      return part.fallback === undefined ? escaped(dateText(part.timestamp ?? NaN, part.format)) : fromPlain(part.fallback);
    default:
      return styled(part.text?.text ?? '', part.style);
  }
}

/** Words with what they are shown in; marks stand at words, since CommonMark takes none beside a space. */
function styled(words: string, style: unknown): string {
  const marks = typeof style === 'object' && style !== null ? (style as Record<string, unknown>) : {};
  if (words.trim() === '') return words;
  if (marks['code'] === true) return `\`${words.replaceAll('`', 'ˋ')}\``;
  const [, before = '', core = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(words) ?? [];
  const around = [marks['bold'] === true ? '**' : '', marks['italic'] === true ? '_' : '', marks['strike'] === true ? '~~' : ''];
  return `${before}${around.join('')}${fromPlain(core)}${around.reverse().join('')}${after}`;
}
