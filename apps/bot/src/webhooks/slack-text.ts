import { emojify } from 'node-emoji';

/**
 * Slack's "mrkdwn" as CommonMark: links, marks of users and channels, bold and struck text. Whatever CommonMark would
 * read into the words is escaped, code stays as it is.
 */
export function fromMrkdwn(text: string): string {
  const parts = text.split(/(```[\s\S]*?```|`[^`\n]+`)/);
  return parts.map((part, index) => (index % 2 === 1 ? fromCode(part) : fromWords(part))).join('');
}

/** Plain text: nothing in it is markup. */
export const fromPlain = (text: string): string => escaped(withEmoji(decoded(text)));

function fromCode(part: string): string {
  const inside = decoded(part.replace(/<([^>|]+)(?:\|([^>]+))?>/g, (_whole, target: string, label?: string) => label ?? target));
  return inside.startsWith('```') ? `\n\`\`\`\n${inside.slice(3, -3).replace(/^\n|\n$/g, '')}\n\`\`\`\n` : inside;
}

/** Private characters that stand around the number of what is made already, so that it is not escaped; a text loses its own. */
const HELD = /\uE000(\d+)\uE001/g;

function fromWords(part: string): string {
  const held: string[] = [];
  const hold = (made: string): string => `\uE000${held.push(made) - 1}\uE001`;
  const marked = part
    .replace(/[\uE000\uE001]/g, '')
    .replace(/<((?:[a-z][a-z0-9+.-]*:|[@#!])[^<>\n]+)>/gi, (_whole, inside: string) => hold(fromAngles(inside)));
  const styled = escaped(withEmoji(decoded(marked)))
    .replace(/(^|[\s(])\\\*(\S|\S[^\n]*?\S)\\\*(?=$|[\s).,:;!?])/gm, '$1**$2**')
    .replace(/(^|[\s(])\\_(\S|\S[^\n]*?\S)\\_(?=$|[\s).,:;!?])/gm, '$1_$2_')
    .replace(/(^|[\s(])\\~(\S|\S[^\n]*?\S)\\~(?=$|[\s).,:;!?])/gm, '$1~~$2~~')
    .replace(/^&gt; ?/gm, '> ');
  return styled.replace(HELD, (_whole, index: string) => held[Number(index)] ?? '');
}

/** What stands between angle brackets: a link, or the mark of somebody or something. */
function fromAngles(inside: string): string {
  const [target = '', label] = inside.split(/\|(.*)/s);
  if (target.startsWith('@')) return mention(label ?? target.slice(1));
  if (target.startsWith('#')) return escaped(`#${(label ?? target.slice(1)).replace(/^#/, '')}`);
  if (target.startsWith('!')) return special(target.slice(1), label);
  return linkTo(decoded(target), label === undefined ? undefined : decoded(label));
}

const mention = (name: string): string => `@${decoded(name).replace(/^@/, '').toLowerCase()}`;

function special(name: string, label: string | undefined): string {
  if (name === 'here') return '@here';
  if (name === 'channel' || name === 'everyone' || name === 'group') return '@room';
  if (label !== undefined) return escaped(decoded(label));
  return escaped(name.replace(/^(subteam|date)\^?/, ''));
}

/** A link that is safe to show: other schemes are shown as text. */
export function linkTo(url: string, label?: string): string {
  if (!/^(https?:\/\/|mailto:)/i.test(url)) return label === undefined ? escaped(url) : `${escaped(label)} (${escaped(url)})`;
  const safe = url.replace(/[\s<>()\\]/g, (character) => encodeURIComponent(character).replace('(', '%28').replace(')', '%29'));
  return label === undefined || label.trim() === '' ? `<${safe}>` : `[${fromPlainLabel(label)}](${safe})`;
}

const fromPlainLabel = (label: string): string => escaped(withEmoji(label.replace(/\s+/g, ' ').trim()));

const decoded = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** ":rocket:" as the sign it stands for, where it is known. */
export const withEmoji = (text: string): string => emojify(text, { fallback: (name) => `:${name}:` });

const escaped = (text: string): string =>
  text
    .replace(/[\\`*_~[\]|]/g, '\\$&')
    .replace(/[<>]/g, (bracket) => (bracket === '<' ? '&lt;' : '&gt;'))
    .replace(/^(\s*)([-+#]|\d+[.)])(?=\s)/gm, '$1\\$2');
