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

/** What programs write behind the backticks to say what the code is; Slack itself would show it as a line of the code. */
const LANGUAGE =
  /^(bash|c|cpp|csharp|css|diff|dockerfile|go|graphql|html|ini|java|javascript|js|json|jsx|kotlin|php|python|py|ruby|rust|scala|sh|shell|sql|swift|toml|ts|tsx|typescript|xml|yaml|yml)\n(?=[^])/;
const LINK = /<([^<>|\n]+)(?:\|([^<>]+))?>/g;

function fromCode(part: string): string {
  if (!part.startsWith('```')) return fromInlineCode(part.slice(1, -1));
  const inside = decoded(part.slice(3, -3).replace(LINK, (_whole, target: string, label?: string) => label ?? target));
  const [, language = ''] = LANGUAGE.exec(inside) ?? [];
  return `\n\`\`\`${language}\n${inside.slice(language.length).replace(/^\n|\n$/g, '')}\n\`\`\`\n`;
}

/** Code that is a link, as the number of a commit, stays one. */
function fromInlineCode(inside: string): string {
  const code = (text: string): string => (text === '' ? '' : `\`${decoded(text)}\``);
  const made: string[] = [];
  let from = 0;
  for (const { 0: whole, 1: target = '', 2: label, index } of inside.matchAll(LINK)) {
    const url = decoded(target);
    const shown = code(label ?? target);
    made.push(code(inside.slice(from, index)), SAFE.test(url) ? `[${shown}](${safely(url)})` : shown);
    from = index + whole.length;
  }
  return [...made, code(inside.slice(from))].join('');
}

/** Private characters that stand around the number of what is made already, so that it is not escaped; a text loses its own. */
const HELD = /\uE000(\d+)\uE001/g;

function fromWords(part: string): string {
  const held: string[] = [];
  const hold = (made: string): string => `\uE000${held.push(made) - 1}\uE001`;
  const marked = part
    .replace(/[\uE000\uE001]/g, '')
    .replace(/<((?:[a-z][a-z0-9+.-]*:|[@#!])[^<>\n]+)>/gi, (_whole, inside: string) => hold(fromAngles(inside)));
  const styled = quoted(emphasized(escaped(withEmoji(decoded(marked)))));
  return styled.replace(HELD, (_whole, index: string) => held[Number(index)] ?? '');
}

/** Marks of Slack and, since many send them, doubled ones; one of a name such as `__init__` is none. */
const EMPHASIS = (
  [
    [String.raw`\\\*\\\*`, '**'],
    [String.raw`\\\*`, '**'],
    [String.raw`\\_`, '_'],
    [String.raw`\\~\\~`, '~~'],
    [String.raw`\\~`, '~~'],
  ] as const
).map(
  ([mark, made]) => [new RegExp(`(^|[\\s(\\[])${mark}(?!${mark})(\\S|\\S[^\\n]*?\\S)${mark}(?=$|[\\s).,:;!?\\]])`, 'gm'), made] as const,
);

const emphasized = (text: string): string =>
  EMPHASIS.reduce(
    (made, [pattern, mark]) => made.replace(pattern, (_whole, before: string, words: string) => `${before}${mark}${words}${mark}`),
    text,
  );

/** A line that begins with ">", or after ">>>" all that follows; the line after a quote is not part of it. */
const quoted = (text: string): string =>
  text
    .replace(/^&gt;&gt;&gt; ?([^]*)$/m, (_whole, rest: string) => rest.replace(/^/gm, '> '))
    .replace(/^&gt; ?/gm, '> ')
    .replace(/^(> .*)\n(?!>|\n|$)/gm, '$1\n\n');

/** What stands between angle brackets: a link, or the mark of somebody or something. */
function fromAngles(inside: string): string {
  const [target = '', label] = inside.split(/\|(.*)/s);
  if (target.startsWith('@')) return mention(label ?? target.slice(1));
  if (target.startsWith('#')) return escaped(`#${(label ?? target.slice(1)).replace(/^#/, '')}`);
  if (target.startsWith('!')) return special(target.slice(1), label);
  return linkTo(decoded(target), label === undefined ? undefined : fromMrkdwn(label.replace(/\s+/g, ' ').trim()));
}

const mention = (name: string): string => `@${decoded(name).replace(/^@/, '').toLowerCase()}`;

function special(name: string, label: string | undefined): string {
  if (name === 'here') return '@here';
  if (name === 'channel' || name === 'everyone' || name === 'group') return '@room';
  if (label !== undefined) return escaped(decoded(label));
  return escaped(name.replace(/^(subteam|date)\^?/, ''));
}

const SAFE = /^(https?:\/\/|mailto:)/i;

/** A link that is safe to show: other schemes are shown as text. @param label as CommonMark */
export function linkTo(url: string, label?: string): string {
  if (!SAFE.test(url)) return label === undefined ? escaped(url) : `${label} (${escaped(url)})`;
  return label === undefined || label.trim() === '' ? `<${safely(url)}>` : `[${label}](${safely(url)})`;
}

/** A link with words in which nothing is markup. */
export const plainLinkTo = (url: string, label: string | undefined): string =>
  linkTo(url, label === undefined ? undefined : fromPlain(label.replace(/\s+/g, ' ').trim()));

const safely = (url: string): string =>
  url.replace(/[\s<>()\\]/g, (character) => encodeURIComponent(character).replace('(', '%28').replace(')', '%29'));

const decoded = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** ":rocket:" as the sign it stands for, where it is known. */
export const withEmoji = (text: string): string => emojify(text, { fallback: (name) => `:${name}:` });

const escaped = (text: string): string =>
  text
    .replace(/[\\`*_~[\]|]/g, '\\$&')
    .replace(/[<>]/g, (bracket) => (bracket === '<' ? '&lt;' : '&gt;'))
    .replace(/^(\s*)([-+]|#{1,6})(?=\s)/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s)/gm, '$1\\$2');
