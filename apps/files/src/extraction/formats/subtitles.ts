import type { Piece } from '../extraction.ts';
import type { Source } from '../source.ts';
import { AssLines } from './subtitles-ass.ts';

const TIMES = /^((?:\d+:)?\d{1,2}:\d{2})[.,]\d{1,3}(?:\s*-->\s*|,)(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}/;

/** Subtitles (SubRip, WebVTT, YouTube's): what is said, each cue behind the time at which it begins. */
export async function* readSubtitles(source: Source): AsyncGenerator<Piece> {
  const { value: beginning = '' } = await source.text().next();
  if (/^\ufeff?\s*\[Script Info\]/i.test(beginning)) return yield* readAss(source);
  if (/^\ufeff?\{\d+\}\{\d+\}/.test(beginning)) return yield* readFrames(source);
  let cue: string[] | null = null;
  let last = '';
  let skipping = false;
  for await (const line of source.lines()) {
    const times = TIMES.exec(line.trim());
    if (times) {
      // The number above the times belongs to this cue and was taken for text of the one before.
      if (cue) yield told(cue);
      cue = [`[${times[1]!}]`];
      skipping = false;
    } else if (line.trim() === '') {
      if (cue) yield told(cue);
      cue = null;
      skipping = false;
    } else if (cue) cue.push(withoutTags(line));
    else if (/^(?:NOTE|STYLE|REGION)\b/.test(line) && last.trim() === '') skipping = true;
    else if (!skipping && !/^(?:\ufeff?WEBVTT.*|\d+)$/.test(line.trim()) && !isIdentifier(line)) yield `${withoutTags(line)}\n`;
    last = line;
  }
  if (cue) yield told(cue);
}

async function* readAss(source: Source): AsyncGenerator<Piece> {
  const lines = new AssLines();
  for await (const line of source.lines()) yield lines.add(line);
}

/** Subtitles by the numbers of pictures (MicroDVD), which say no time. */
async function* readFrames(source: Source): AsyncGenerator<Piece> {
  for await (const line of source.lines()) yield `${withoutTags(line.replace(/^(?:\{[^{}]*\})+/, '').replaceAll('|', ' '))}\n\n`;
}

const told = (cue: string[]) => (cue.length > 1 ? `${cue.join(' ')}\n\n` : '');
const isIdentifier = (line: string) => /^[\w-]+$/.test(line.trim());
const withoutTags = (line: string) =>
  line
    .replace(/<\/?[a-z][^<>]*>|\{\\[^{}]*\}/gi, '')
    .replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (_, name: string) => ENTITIES[name] ?? '')
    .trim();
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', nbsp: ' ' };
