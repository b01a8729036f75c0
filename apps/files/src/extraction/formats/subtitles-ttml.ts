import { Parser } from 'htmlparser2';
import type { Piece } from '../extraction.ts';
import type { Source } from '../source.ts';
import { Nesting } from './nesting.ts';
import { toldByParser } from './told-by-parser.ts';

/** Timed text (TTML, DFXP): each paragraph with the time at which it begins. */
export async function* readTimedText(source: Source): AsyncGenerator<Piece> {
  const nesting = new Nesting();
  const told: string[] = [];
  let open: string[] | null = null;
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        nesting.open();
        const name = local(tag);
        if (name === 'p') open = [attributes.begin ? `[${clock(attributes.begin)}] ` : ''];
        else if (name === 'title' || name === 'desc') open = [''];
        else if (name === 'br') open?.push(' ');
      },
      ontext: (text) => open?.push(text),
      onclosetag(tag) {
        nesting.close();
        if (!['p', 'title', 'desc'].includes(local(tag)) || !open) return;
        const [time, ...said] = open;
        const text = said.join('').replace(/\s+/g, ' ').trim();
        if (text !== '') told.push(`${time}${text}\n\n`);
        open = null;
      },
    },
    { xmlMode: true },
  );
  yield* toldByParser(parser, source, () => told.splice(0).join(''));
}

const local = (name: string) => name.replace(/^.*:/, '');

const SECONDS: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** Hours, minutes and seconds, of a clock or of one number with its unit. */
function clock(time: string): string {
  const [, number, unit] = /^([\d.]+)(h|m|s|ms)$/.exec(time) ?? [];
  if (number === undefined) return time.replace(/^(\d+:\d\d:\d\d).*$/, '$1');
  const seconds = Math.floor(Number(number) * SECONDS[unit!]!);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
