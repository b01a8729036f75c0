import { GuardedGet, type Got } from './guarded-get.ts';
import { readPage, siteOf, type PageFacts } from './read-page.ts';
import { smallPicture, type Picture } from './small-picture.ts';

export type PagePreview = { url: string; site: string; title: string; description?: string; picture?: Picture };

const TIMEOUT_MS = 6000;
const PAGE_BYTES = 512 * 1024;
const PICTURE_BYTES = 5 * 1024 * 1024;
const KEPT = 100;
const KEPT_FOR_MS = 5 * 60_000;

const isPage = (contentType: string): boolean => /^(text\/html|application\/xhtml\+xml)\b/.test(contentType);
const isPicture = (contentType: string): boolean => contentType.startsWith('image/');

/** Looks at pages that messages link to. What was looked at is kept for a while: a link that everybody posts is fetched once. */
export class PagePreviews {
  private readonly known = new Map<string, { at: number; found: Promise<PagePreview | undefined> }>();

  constructor(private readonly web: GuardedGet) {}

  /** @returns undefined where there is nothing to show. @throws why it cannot be had */
  find(url: string): Promise<PagePreview | undefined> {
    const known = this.known.get(url);
    if (known && Date.now() - known.at < KEPT_FOR_MS) return known.found;
    const found = this.look(new URL(url));
    this.known.delete(url);
    this.known.set(url, { at: Date.now(), found });
    found.catch(() => this.known.delete(url));
    const [oldest] = this.known.keys();
    if (this.known.size > KEPT && oldest !== undefined) this.known.delete(oldest);
    return found;
  }

  private async look(url: URL): Promise<PagePreview | undefined> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const got = await this.web.get(url, {
      accept: 'text/html, application/xhtml+xml, image/*;q=0.8',
      mostBytes: (type) => (isPage(type) ? PAGE_BYTES : isPicture(type) ? PICTURE_BYTES : 0),
      signal,
    });
    if (isPicture(got.contentType)) return pictureAlone(url, got);
    const facts = readPage(got.bytes, got.contentType, got.url);
    if (!facts) return undefined;
    const { image, ...words } = facts;
    const picture = image && (await this.picture(image, signal));
    return { url: url.href, ...words, ...(picture && { picture }) };
  }

  /** A page without its picture is still a page. */
  private async picture(image: NonNullable<PageFacts['image']>, signal: AbortSignal): Promise<Picture | undefined> {
    try {
      const got = await this.web.get(image, { accept: 'image/*', mostBytes: (type) => (isPicture(type) ? PICTURE_BYTES : 0), signal });
      return got.whole ? await smallPicture(got.bytes) : undefined;
    } catch {
      return undefined;
    }
  }
}

async function pictureAlone(url: URL, got: Got): Promise<PagePreview | undefined> {
  const picture = got.whole ? await smallPicture(got.bytes) : undefined;
  if (!picture) return undefined;
  return { url: url.href, site: siteOf(url), title: nameOf(url), picture };
}

function nameOf(url: URL): string {
  const last = url.pathname.split('/').findLast(Boolean) ?? siteOf(url);
  try {
    return decodeURIComponent(last)
      .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
      .slice(0, 200)
      .toWellFormed();
  } catch {
    // Not every address is written as one.
    return last.slice(0, 200);
  }
}
