import { decoded, escaped, fenced, isSafe, linkTo, safely } from './common-mark.ts';
import { dateText } from './slack-dates.ts';
import { withEmoji } from './slack-emoji.ts';

/**
 * Slack's "mrkdwn" as CommonMark: links, marks of users and channels, bold and struck text. Whatever CommonMark would
 * read into the words is escaped, code stays as it is.
 */
export function fromMrkdwn(text: string): string {
  const parts = text.split(/(```[\s\S]*?```|`[^`\n]+`)/);
  return parts.map((part, index) => (index % 2 === 1 ? fromCode(part) : fromWords(part))).join('');
}

/** What programs write behind the backticks to say what the code is; Slack itself would show it as a line of the code. */
const LANGUAGE =
  /^(bash|c|cpp|csharp|css|diff|dockerfile|go|graphql|html|ini|java|javascript|js|json|jsx|kotlin|php|python|py|ruby|rust|scala|sh|shell|sql|swift|toml|ts|tsx|typescript|xml|yaml|yml)\n(?=[^])/;
const LINK = /<([^<>|\n]+)(?:\|([^<>]+))?>/g;

function fromCode(part: string): string {
  if (!part.startsWith('```')) return fromInlineCode(part.slice(1, -1));
  const inside = decoded(part.slice(3, -3).replace(LINK, (_whole, target: string, label?: string) => label ?? target));
  const [, language = ''] = LANGUAGE.exec(inside) ?? [];
  return `\n${fenced(inside.slice(language.length).replace(/^\n|\n$/g, ''), language)}\n`;
}

/** Code that is a link, as the number of a commit, stays one. */
function fromInlineCode(inside: string): string {
  const code = (text: string): string => (text === '' ? '' : `\`${decoded(text)}\``);
  const made: string[] = [];
  let from = 0;
  for (const { 0: whole, 1: target = '', 2: label, index } of inside.matchAll(LINK)) {
    const url = decoded(target);
    const shown = code(label ?? target);
    made.push(code(inside.slice(from, index)), isSafe(url) ? `[${shown}](${safely(url)})` : shown);
    from = index + whole.length;
  }
  return [...made, code(inside.slice(from))].join('');
}

/** Private characters that stand around the number of what is made already, so that it is not escaped; a text loses its own. */
const HELD = /\uE000(\d+)\uE001/g;
const ANGLES = /<((?:[a-z][a-z0-9+.-]*:[^<>|\n]+|[@#!][^<>|\n]+)(?:\|[^<>]*)?)>/gi;
/** An address that stands by itself, without the marks and full stops after it. */
const BARE =
  /(?<![\p{L}\p{N}])https?:\/\/(?:[^\s<>()\uE000\uE001]|\([^\s<>()]*\))*(?:[^\s<>()\uE000\uE001.,:;!?'"[\]{}*_~|]|\([^\s<>()]*\))/giu;

function fromWords(part: string): string {
  const held: string[] = [];
  const hold = (made: string): string => `\uE000${held.push(made) - 1}\uE001`;
  const linked = part
    .replace(/[\uE000\uE001]/g, '')
    .replace(ANGLES, (_whole, inside: string) => hold(fromAngles(inside)))
    .replace(BARE, (url) => hold(`<${decoded(url).replace(/[<>]/g, encodeURIComponent)}>`));
  const styled = quoted(escaped(emphasized(withEmoji(decoded(linked)), hold)));
  return styled.replace(HELD, (_whole, index: string) => held[Number(index)] ?? '');
}

const EMPHASIS: Readonly<Record<string, string>> = { '*': '**', '**': '**', _: '_', '~': '~~', '~~': '~~' };
/**
 * A mark once or, since many send it so, doubled, that nothing of a word or a path stands beside outside. Its other half is
 * not looked for far away, or that would be slow.
 */
const MARKED =
  /(?<=^|[\s("'“‘«„[{\-–—>|「（【\uE001]|\uFE0F|\p{Extended_Pictographic})(([*_~])\2?)(?!\s)(?!\1)([^\n]{0,999}?\S)\1(?![\p{L}\p{N}/\\=])(?!\2)/gu;

/** Marks of Slack, also within each other; two lines under a name such as `__init__` are none. */
const emphasized = (text: string, hold: (made: string) => string): string =>
  text.replace(MARKED, (whole, mark: string, _one: string, words: string) => {
    const made = EMPHASIS[mark];
    return made === undefined ? whole : `${hold(made)}${emphasized(words, hold)}${hold(made)}`;
  });

/** A line that begins with ">", or after ">>>" all that follows; the line after a quote is not part of it. */
const quoted = (text: string): string =>
  text
    .replace(/^&gt;&gt;&gt; ?([^]*)$/m, (_whole, rest: string) => rest.replace(/^/gm, '> '))
    .replace(/^&gt; ?/gm, '> ')
    .replace(/^(> .*)\n(?!>|\n|$)/gm, '$1\n\n');

/** What stands between angle brackets: a link, or the mark of somebody or something. */
function fromAngles(inside: string): string {
  const [target = '', said] = inside.split(/\|(.*)/s);
  const label = said?.trim() === '' ? undefined : said;
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
  const [, seconds, format] = /^date\^(\d+)\^([^^]*)/.exec(name) ?? [];
  if (seconds !== undefined) return escaped(dateText(Number(seconds), format));
  return escaped(name.replace(/^subteam\^?/, '@'));
}
