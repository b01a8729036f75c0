import { hasInk } from '@atrium/contracts';
import { Parser } from 'htmlparser2';

/** What a page says of itself, for those who link to it. */
export type PageFacts = { title: string; site: string; description?: string; image?: URL };

const LONGEST = { title: 200, site: 60, description: 300 };

/** Reads the head of a page. @returns undefined for one that does not say what it is called */
export function readPage(bytes: Buffer, contentType: string, url: URL): PageFacts | undefined {
  const said = metaOf(textOf(bytes, contentType));
  const first = (...names: string[]): string => names.map((name) => oneLine(said.get(name) ?? '')).find(hasInk) ?? '';
  const title = cut(first('og:title', 'twitter:title', 'title'), LONGEST.title);
  if (title === '') return undefined;
  const description = cut(first('og:description', 'twitter:description', 'description'), LONGEST.description);
  const image = first('og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src');
  const base = addressOf(said.get('base') ?? '', url) ?? url;
  const picture = image === '' ? undefined : addressOf(image, base);
  return {
    title,
    site: cut(first('og:site_name', 'application-name'), LONGEST.site) || siteOf(url),
    ...(description !== '' && description !== title && { description }),
    ...(picture && { image: picture }),
  };
}

export const siteOf = (url: URL): string => url.hostname.replace(/^www\./, '');

/** The first value of each name, from the head alone. */
function metaOf(html: string): Map<string, string> {
  const said = new Map<string, string>();
  const say = (name: string | undefined, value: string | undefined): void => {
    if (name !== undefined && value !== undefined && !said.has(name.toLowerCase())) said.set(name.toLowerCase(), value);
  };
  let title: string | undefined;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'title' && !said.has('title')) title = '';
      else if (name === 'meta') say(attributes['property'] ?? attributes['name'], attributes['content']);
      else if (name === 'base') say('base', attributes['href']);
      // What comes after the head is not about the page, or is not said by its author.
      else if (name === 'body') parser.pause();
    },
    ontext(text) {
      if (title !== undefined) title += text;
    },
    onclosetag(name) {
      if (name !== 'title') return;
      say('title', title);
      title = undefined;
    },
  });
  parser.write(html);
  return said;
}

/** By what the reply says of its letters, else what the page says, else UTF-8. */
function textOf(bytes: Buffer, contentType: string): string {
  const beginning = bytes.subarray(0, 1024).toString('latin1');
  const named = /charset=["']?([\w-]+)/i.exec(contentType)?.[1] ?? /<meta[^>]+charset=["']?([\w-]+)/i.exec(beginning)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(named).decode(bytes);
  } catch {
    // A name of letters that nobody knows.
    return new TextDecoder().decode(bytes);
  }
}

function addressOf(text: string, base: URL): URL | undefined {
  if (text === '' || !URL.canParse(text, base.href)) return undefined;
  const url = new URL(text, base);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
}

/** Without what would break a line, or turn the writing of what stands around it. */
const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .toWellFormed();

function cut(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most
    ? text
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}
