import { withEmoji } from './slack-emoji.ts';

/** Plain text: nothing in it is markup. */
export const fromPlain = (text: string): string => escaped(withEmoji(decoded(text)));

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: '\u00a0' };

/** Slack has three characters written as entities; programs that escape for web pages write more of them. */
export const decoded = (text: string): string =>
  text.replace(/&(lt|gt|amp|quot|apos|nbsp|#39|#34|#x27|#x22);/gi, (_whole, name: string) => {
    const known = name.toLowerCase();
    return ENTITIES[known] ?? (/^#(39|x27)$/.test(known) ? "'" : '"');
  });

/** Whatever CommonMark would read into words, escaped: marks, entities, and what begins a heading, a list, code or a rule. */
export const escaped = (text: string): string =>
  text
    .replace(/[\\`*_~[\]|]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/[<>]/g, (bracket) => (bracket === '<' ? '&lt;' : '&gt;'))
    .replace(/^[ \t]{2,}(?=\S)/gm, (indent) => indent.replaceAll('\t', '    ').replaceAll(' ', '\u00a0'))
    .replace(/^(\s*)([-+]|#{1,6})(?=\s|$)/gm, '$1\\$2')
    .replace(/^(\s*)(?=(?:-[ \t]*){2,}$|=+[ \t]*$)/gm, '$1\\')
    .replace(/^(\s*\d+)([.)])(?=\s)/gm, '$1\\$2');

const SAFE = /^(https?:\/\/|mailto:)/i;
export const isSafe = (url: string): boolean => SAFE.test(url);

/** A link that is safe to show: other schemes are shown as text. @param label as CommonMark */
export function linkTo(url: string, label?: string): string {
  if (!isSafe(url)) return label === undefined ? escaped(url) : `${label} (${escaped(url)})`;
  return label === undefined || label.trim() === '' ? `<${safely(url)}>` : `[${label}](${safely(url)})`;
}

/** A link with words in which nothing is markup. */
export const plainLinkTo = (url: string, label: string | undefined): string =>
  linkTo(url, label === undefined ? undefined : fromPlain(label.replace(/\s+/g, ' ').trim()));

export const safely = (url: string): string =>
  url.replace(/[\s<>()\\]/g, (character) => encodeURIComponent(character).replace('(', '%28').replace(')', '%29'));

/** Code on lines of its own, within a fence that it does not hold. */
export function fenced(code: string, language = ''): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${code}\n${fence}`;
}
