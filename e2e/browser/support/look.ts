import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { screenshots } from './screenshots.ts';

/** The committed pictures, and what they were taken on. */
const LOOK = fileURLToPath(new URL('../../look/', import.meta.url));
/** `ATRIUM_LOOK=accept` takes what is shown as what is wanted. */
const accepts = process.env['ATRIUM_LOOK'] === 'accept';

/** A pixel is another one when a channel differs by more than this: less is what a palette of few colours does to it. */
const MOST_SHADE = 64;
/** Of all pixels; a word that changed is more. */
const MOST_PIXELS = 0.0005;
const PATIENCE_MS = 4_000;
const COLOURS = 48;

export type Scheme = 'light' | 'dark';
type Machine = { browser: string; widths: Record<string, number> };

/** Compares places with their committed pictures. */
export class Look {
  private constructor(
    /** Why pictures cannot be compared here, with other letters; undefined where they can. */
    readonly foreign: string | undefined,
  ) {}

  static async on(page: Page): Promise<Look> {
    const browser = page.context().browser()!.version().replace(/\..*/, '');
    const here: Machine = { browser, widths: await page.evaluate(measureFonts) };
    if (accepts) await writeFile(join(LOOK, 'machine.json'), `${JSON.stringify(here, null, 2)}\n`);
    return new Look(difference(JSON.parse(await readFile(join(LOOK, 'machine.json'), 'utf8')) as Machine, here));
  }

  /** @returns what is other than it was, in words for whoever changed the page; undefined when nothing is */
  async changeOf(page: Page, name: string): Promise<string | undefined> {
    if (accepts) return this.#accept(page, name);
    let change: string | undefined;
    // Pictures and colours of code may still be on their way.
    for (const until = Date.now() + PATIENCE_MS; ;) {
      change = await this.#changed(page, name);
      if (change === undefined || Date.now() > until) return change;
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
  }

  async #accept(page: Page, name: string): Promise<undefined> {
    const path = join(LOOK, `${name}.png`);
    const [shot, before] = [await settledShotOf(page), await readFile(path).catch(() => undefined)];
    // What looks the same stays the same file.
    if (!before || (await compared(before, shot)).share > MOST_PIXELS) await writeFile(path, await small(shot));
  }

  async #changed(page: Page, name: string): Promise<string | undefined> {
    const before = await readFile(join(LOOK, `${name}.png`)).catch(() => undefined);
    if (!before) return `${name} has no picture in e2e/look`;
    const shot = await shotOf(page);
    const { share, difference: marked } = await compared(before, shot);
    if (share <= MOST_PIXELS) return undefined;
    await mkdir(screenshots, { recursive: true });
    await writeFile(join(screenshots, `look-${name}.png`), shot);
    if (marked) await writeFile(join(screenshots, `look-${name}-difference.png`), marked);
    const files = `e2e/screenshots/look-${name}.png is how it looks now${marked ? ', …-difference.png where it changed' : ''}`;
    return `${name} looks other than e2e/look/${name}.png in ${(share * 100).toFixed(2)} % of its pixels: ${files}`;
  }
}

function difference(known: Machine, here: Machine): string | undefined {
  if (known.browser !== here.browser) return `this is Chromium ${here.browser}, the pictures are of ${known.browser}`;
  const others = Object.keys(known.widths).filter((font) => known.widths[font] !== here.widths[font]);
  return others.length === 0 ? undefined : `these fonts are others here: ${others.join(', ')}`;
}

/** How wide the same words are in each kind of letters that the page uses; what is not there falls back to something else. */
function measureFonts(): Record<string, number> {
  const context = document.createElement('canvas').getContext('2d')!;
  const samples = {
    'sans-serif': 'The boiler was installed by Ines Quill',
    monospace: 'const valve = open(1);',
    'system-ui': 'The boiler 北 翼 شمال',
    emoji: '👀🔧🎉',
  };
  return Object.fromEntries(
    Object.entries(samples).map(([font, text]) => {
      context.font = `32px ${font === 'emoji' ? 'sans-serif' : font}`;
      return [font, Math.round(context.measureText(text).width * 100) / 100];
    }),
  );
}

/** With what is still on its way: colours of code, pictures of documents. */
async function settledShotOf(page: Page): Promise<Buffer> {
  await page.waitForLoadState('networkidle');
  let [last, shot] = [await shotOf(page), await shotOf(page)];
  while (!last.equals(shot)) [last, shot] = [shot, await shotOf(page)];
  return shot;
}

async function shotOf(page: Page): Promise<Buffer> {
  await page.evaluate(settle);
  return page.screenshot({ animations: 'disabled', caret: 'hide' });
}

/**
 * What is another on every run is made the same: ids, made-up names, and the colours of people. Runs in the page, right
 * before the picture.
 */
function settle(): void {
  const rules: [RegExp, string][] = [
    [/\b(ann|ben|cleo)-[0-9a-f]{8}\b/g, '$1'],
    [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '0'],
    [/https?:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?/g, 'http://atrium'],
    [/\bChrom\w+ \d+[\d.]*/g, 'Chromium'],
  ];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = rules.reduce((said, [from, to]) => said.replace(from, to), node.nodeValue ?? '');
    if (text !== node.nodeValue) node.nodeValue = text;
  }
  for (const field of document.querySelectorAll<HTMLInputElement>('input[readonly], input[value]'))
    field.value = rules.reduce((said, [from, to]) => said.replace(from, to), field.value);
  for (const face of document.querySelectorAll<HTMLElement>('[style*="--hue"]')) face.style.setProperty('--hue', '200');
}

const small = (shot: Buffer): Promise<Buffer> => sharp(shot).png({ palette: true, colours: COLOURS, dither: 0, effort: 7 }).toBuffer();

async function compared(before: Buffer, shot: Buffer): Promise<{ share: number; difference?: Buffer }> {
  const [one, other] = await Promise.all([pixelsOf(before), pixelsOf(shot)]);
  if (one.info.width !== other.info.width || one.info.height !== other.info.height) return { share: 1 };
  const marked = Buffer.alloc(one.info.width * one.info.height, 255);
  let count = 0;
  for (let at = 0; at < marked.length; at += 1) {
    if (!(isOther(one.data, other.data, at * 3) || isOther(one.data, other.data, at * 3 + 1) || isOther(one.data, other.data, at * 3 + 2)))
      continue;
    count += 1;
    marked[at] = 0;
  }
  const share = count / marked.length;
  if (share <= MOST_PIXELS) return { share };
  const raw = { width: one.info.width, height: one.info.height, channels: 1 as const };
  return { share, difference: await sharp(marked, { raw }).png().toBuffer() };
}

const isOther = (one: Buffer, other: Buffer, at: number): boolean => Math.abs(one[at]! - other[at]!) > MOST_SHADE;

const pixelsOf = (png: Buffer) => sharp(png).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
