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
/** Where fonts differ, lines wrap and grow: the parts of the page stay where they are. */
const MOST_MOVED_PX = 24;
const PATIENCE_MS = 4_000;
const COLOURS = 48;

type Box = [name: string, x: number, y: number, width: number, height: number];
type Machine = { browser: string; widths: Record<string, number> };
/** Which of its parts each place has, and where; the same in both themes. */
type Boxes = Record<string, Box[]>;

/** Compares places with their committed pictures; on a machine with other fonts only where their parts are. */
export class Look {
  readonly #taken: Boxes = {};

  private constructor(
    private readonly boxes: Boxes,
    private readonly machine: Machine,
    /** Why pictures cannot be compared here; undefined where they can. */
    readonly foreign: string | undefined,
  ) {}

  static async on(page: Page, browser: string): Promise<Look> {
    const here: Machine = { browser, widths: await page.evaluate(measureFonts) };
    const known = await readJson<Machine>('machine.json');
    const boxes = (await readJson<Boxes>('boxes.json')) ?? {};
    return new Look(boxes, here, accepts || !known ? undefined : difference(known, here));
  }

  /** @returns what is other than it was, in words for whoever changed the page; undefined when nothing is */
  async changeOf(page: Page, name: string): Promise<string | undefined> {
    await mkdir(LOOK, { recursive: true });
    if (accepts) return this.#accept(page, name);
    let change: string | undefined;
    // Pictures and colours of code may still be on their way.
    for (const until = Date.now() + PATIENCE_MS; ;) {
      change = this.foreign ? this.#moved(await boxesOf(page), name) : await this.#changed(page, name);
      if (change === undefined || Date.now() > until) return change;
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
  }

  /** What was accepted is written down. */
  async end(): Promise<void> {
    if (!accepts) return;
    const sorted = Object.entries({ ...this.boxes, ...this.#taken }).sort(([a], [b]) => (a < b ? -1 : 1));
    const lines = sorted.map(([name, boxes]) => `  ${JSON.stringify(name)}: ${JSON.stringify(boxes)}`);
    await writeFile(join(LOOK, 'boxes.json'), `{\n${lines.join(',\n')}\n}\n`);
    await writeFile(join(LOOK, 'machine.json'), `${JSON.stringify(this.machine, null, 2)}\n`);
  }

  async #accept(page: Page, name: string): Promise<undefined> {
    const path = join(LOOK, `${name}.png`);
    const [shot, before] = [await settledShotOf(page), await readFile(path).catch(() => undefined)];
    // What looks the same stays the same file.
    if (!before || (await compared(before, shot)).share > MOST_PIXELS) await writeFile(path, await small(shot));
    this.#taken[placeOf(name)] = await boxesOf(page);
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

  #moved(found: readonly Box[], name: string): string | undefined {
    const known = this.boxes[placeOf(name)] ?? [];
    const isNear = (one: Box, other: Box): boolean => one.every((value, at) => at === 0 || Math.abs(+value - +other[at]!) <= MOST_MOVED_PX);
    const lost = known.filter((box) => !found.some((one) => one[0] === box[0] && isNear(one, box)));
    return lost.length === 0 ? undefined : `${name} has moved: ${lost.map((box) => box.join(' ')).join(', ')} of e2e/look/boxes.json`;
  }
}

const placeOf = (name: string): string => name.replace(/-(light|dark)$/, '');

async function readJson<T>(name: string): Promise<T | undefined> {
  const text = await readFile(join(LOOK, name), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as T);
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
 * What is another on every run is made the same: moments, ids, made-up names, and the colours of people. Runs in the page,
 * right before the picture.
 */
function settle(): void {
  const rules: [RegExp, string][] = [
    [/\b\d{1,2}:\d{2}(:\d{2})?\b/g, '12:00'],
    [/\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*(?: \d{4})?/g, '1 May 2026'],
    [/\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b/g, 'Monday'],
    [/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b/g, 'Mon'],
    [/\b\d+ (?:sec|second|min|minute|hour|day)s?(?= ago)/g, '1 min'],
    [/\bjust now\b|\bnow\b(?=$)/g, '1 min ago'],
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

const boxesOf = (page: Page): Promise<Box[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('header, nav, main, aside, form, [role="region"]')].flatMap((part): Box[] => {
      const { x, y, width, height } = part.getBoundingClientRect();
      // Messages wrap as their letters do.
      if (width === 0 || height === 0 || part.closest('article')) return [];
      const name = [part.tagName.toLowerCase(), part.getAttribute('aria-label') ?? ''].join(' ').trim();
      return [[name, Math.round(x), Math.round(y), Math.round(width), Math.round(height)]];
    }),
  );

const small = (shot: Buffer): Promise<Buffer> => sharp(shot).png({ palette: true, colours: COLOURS, dither: 0, effort: 7 }).toBuffer();

async function compared(before: Buffer, shot: Buffer): Promise<{ share: number; difference?: Buffer }> {
  const [one, other] = await Promise.all([pixelsOf(before), pixelsOf(shot)]);
  if (one.info.width !== other.info.width || one.info.height !== other.info.height) return { share: 1 };
  const marked = Buffer.alloc(one.info.width * one.info.height, 255);
  let count = 0;
  for (let at = 0; at < marked.length; at += 1) {
    const differs = [0, 1, 2].some((channel) => Math.abs(one.data[at * 3 + channel]! - other.data[at * 3 + channel]!) > MOST_SHADE);
    if (!differs) continue;
    count += 1;
    marked[at] = 0;
  }
  const share = count / marked.length;
  if (share <= MOST_PIXELS) return { share };
  const raw = { width: one.info.width, height: one.info.height, channels: 1 as const };
  return { share, difference: await sharp(marked, { raw }).png().toBuffer() };
}

const pixelsOf = (png: Buffer) => sharp(png).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
