/**
 * The extractor process: reads one file and writes what it finds to standard output, a line of JSON at a time. It has
 * no environment, no network and no secret (`sandbox.ts`); whoever breaks a parser in here has broken into an empty room.
 */
import { Console } from 'node:console';
import { chunkPage } from '../indexing/chunks.ts';
import { countCodePoints, sliceCodePoints } from '../text/code-points.ts';
import { paginate } from '../text/paginate.ts';
import { BeyondLimits, EXTRACTION_LIMITS, Unreadable, type ExtractorMessage, type PageSink } from './extraction.ts';
import { readDocument } from './read-document.ts';
import { Source } from './source.ts';

/** Pipes are written synchronously on POSIX, so output never piles up in here. */
function say(message: ExtractorMessage): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** Some of them stand in ordinary texts that went through many hands. */
const LEAST_GARBLED = 8;

class Pages implements PageSink {
  chars = 0;
  full = false;
  private count = 0;
  private visible = false;
  private replaced = 0;
  private lastPercent = -1;

  page(text: string): boolean {
    const parts = text.length > EXTRACTION_LIMITS.pageChars ? paginate(text, EXTRACTION_LIMITS.pageChars) : [text];
    return parts.every((part) => this.add(part));
  }

  progress(percent: number): void {
    if (percent === this.lastPercent) return;
    this.lastPercent = percent;
    say({ type: 'progress', percent });
  }

  /** Whether so many characters stand for bytes that mean nothing that no person would call it read. */
  get isGarbled(): boolean {
    return this.replaced > LEAST_GARBLED && this.replaced * 20 > this.chars;
  }

  get empty(): boolean {
    return !this.visible;
  }

  /** Passages are cut in here too, so that the limits of this process hold for that work as well. */
  private add(text: string): boolean {
    const left = EXTRACTION_LIMITS.chars - this.chars;
    const length = countCodePoints(text);
    this.full = length > left;
    const kept = this.full ? sliceCodePoints(text, 0, left) : text;
    this.count += 1;
    say({ type: 'page', text: kept, chunks: chunkPage(this.count, kept) });
    this.chars += Math.min(length, left);
    this.replaced += text.split('\ufffd').length - 1;
    this.visible ||= /[\p{L}\p{N}]/u.test(text);
    return !this.full;
  }
}

function conclude(pages: Pages, missing: string | undefined): ExtractorMessage {
  if (pages.empty && missing) return { type: 'end', status: 'failed', reason: missing };
  if (pages.empty) return { type: 'end', status: 'no_text', reason: 'No text was found: it may be a scan or consist of pictures only.' };
  if (pages.full) {
    const limit = EXTRACTION_LIMITS.chars.toLocaleString('en');
    return { type: 'end', status: 'partial', reason: `Only the first ${limit} characters were read: the text is longer than that.` };
  }
  if (pages.isGarbled) return { type: 'end', status: 'partial', reason: 'Many of its characters are damaged and could not be read.' };
  return missing ? { type: 'end', status: 'partial', reason: missing } : { type: 'end', status: 'ready' };
}

/** Where it went wrong, without the sentence, which may quote the file. */
function placeOf(error: Error): string {
  return [error.name, ...(error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line))].join('\n');
}

async function extract(path: string, name: string): Promise<ExtractorMessage> {
  const source = await Source.open(path, name);
  if (source.size === 0) return { type: 'end', status: 'no_text', reason: 'The file is empty.' };
  const pages = new Pages();
  try {
    const missing = await readDocument(source, pages);
    return conclude(pages, missing);
  } catch (error) {
    if (error instanceof Unreadable) {
      // Its name alone: what a parser says quotes the file.
      if (error.cause instanceof Error) process.stderr.write(`${error.cause.name}\n`);
      const keeps = !pages.empty && error.status === 'failed' && !(error instanceof BeyondLimits);
      return { type: 'end', status: keeps ? 'partial' : error.status, reason: error.message };
    }
    process.stderr.write(`${error instanceof Error ? placeOf(error) : typeof error}\n`);
    const damaged = 'The file is damaged and could not be read to its end.';
    return { type: 'end', status: pages.empty ? 'failed' : 'partial', reason: damaged };
  } finally {
    await source.close();
  }
}

// Libraries may print; standard output belongs to the protocol.
globalThis.console = new Console(process.stderr, process.stderr);
const [path, name] = process.argv.slice(2);
if (!path) throw new Error('usage: extractor.main PATH NAME');
say(await extract(path, name ?? ''));
