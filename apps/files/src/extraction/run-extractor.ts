import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { dirname, extname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Chunk } from '../indexing/chunks.ts';
import { EXTRACTION_LIMITS, type ExtractionStatus, type ExtractorMessage } from './extraction.ts';
import { sandboxed, SANDBOX_ENV } from './sandbox.ts';
import { Standstill } from './standstill.ts';

export type ExtractionResult = {
  status: ExtractionStatus;
  /** Why it is not simply ready, for a person. */
  reason: string | null;
  /** Texts of the pages, in order; pages without text are empty. */
  pages: string[];
  /** The passages of the pages, in order. */
  chunks: Chunk[];
  /** What the extractor wrote for whoever reads the log. */
  complaints: string;
};

export type ExtractionRun = {
  path: string;
  /** The name it was uploaded under; only decides between kinds of text. */
  name: string;
  seconds?: number;
  memoryBytes?: number;
  standstillSeconds?: number;
  onProgress?: (percent: number) => void;
  signal?: AbortSignal;
  /** Whether an end from outside is to be concluded from, since there will be no other try. */
  isLastTry?: boolean;
};

/** Somebody or something else ended the extractor: that says nothing about the file. */
export class ExtractionInterrupted extends Error {
  constructor(signal: NodeJS.Signals) {
    super(`the extractor was ended from outside by ${signal}`);
    this.name = 'ExtractionInterrupted';
  }
}

export type Extractor = ChildProcessByStdio<null, Readable, Readable>;
/** Why the extractor ended before it was done. */
type Stop = 'time' | 'standstill' | 'memory' | 'output' | 'crash' | 'interrupted' | 'aborted';

/** How often the memory of the extractor is looked at. */
const WATCH_MS = 100;
/** A character of four bytes, indexed with each of its neighbours, and the frames around: more than an honest extractor can say. */
const OUTPUT_BYTES = EXTRACTION_LIMITS.chars * 16 + 8 * 1024 * 1024;

/** Extracts a file's text in a process of its own, and ends that process when it takes too much of anything. */
export async function runExtractor(run: ExtractionRun, begin = startExtractor): Promise<ExtractionResult> {
  // A signal that was given before is not given again.
  run.signal?.throwIfAborted();
  const seconds = run.seconds ?? EXTRACTION_LIMITS.seconds;
  const memoryBytes = run.memoryBytes ?? EXTRACTION_LIMITS.memoryBytes;
  const child = begin(run, seconds, memoryBytes);
  let stopped: Stop | null = null;
  const stop = (why: Stop) => {
    stopped ??= why;
    child.kill('SIGKILL');
  };
  const deadline = setTimeout(() => stop('time'), seconds * 1000);
  const standstill = new Standstill(run.standstillSeconds ?? EXTRACTION_LIMITS.standstillSeconds);
  const watch = setInterval(() => {
    void residentBytes(child.pid).then((bytes) => bytes > memoryBytes && stop('memory'));
    void standstill.hasCome(child.pid).then((come) => come && stop('standstill'));
  }, WATCH_MS);
  const abort = () => stop('aborted');
  run.signal?.addEventListener('abort', abort, { once: true });
  try {
    const said = await listen(child, { ...run, onSaid: () => standstill.heard() }, () => stop('output'));
    if (!said.end) stopped ??= causeOf(said);
    if (stopped === 'interrupted' && !run.isLastTry) throw new ExtractionInterrupted(said.endedBy!);
    return conclude(said, stopped, seconds);
  } finally {
    clearTimeout(deadline);
    clearInterval(watch);
    run.signal?.removeEventListener('abort', abort);
  }
}

function startExtractor(run: ExtractionRun, seconds: number, memoryBytes: number): Extractor {
  const here = fileURLToPath(import.meta.url);
  const entry = resolve(dirname(here), `extractor.main${extname(here)}`);
  const libraries = dirname(dirname(findPackageJSON('pdfjs-dist', import.meta.url) ?? here));
  const code = resolve(dirname(here), '../..');
  const sandbox = { seconds, memoryBytes, readable: [libraries, code, run.path] };
  const [command, ...args] = sandboxed([entry, run.path, run.name], sandbox);
  return spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: SANDBOX_ENV, cwd: '/' });
}

/** Bytes of memory a process really holds; 0 where there is no /proc to tell, or no process any more. */
async function residentBytes(pid: number | undefined): Promise<number> {
  const statm = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return Number(statm.split(' ')[1] ?? 0) * 4096;
}

type Said = {
  pages: string[];
  chunks: Chunk[];
  end: { status: ExtractionStatus; reason?: string } | null;
  endedBy: NodeJS.Signals | null;
  complaints: string;
};

async function listen(child: Extractor, run: ExtractionRun & { onSaid(): void }, tooMuch: () => void): Promise<Said> {
  const said: Said = { pages: [], chunks: [], end: null, endedBy: null, complaints: '' };
  let bytes = 0;
  // Before anything else: a process that cannot be started says so at once, and unheard that ends this one.
  const exited = new Promise<void>((done, fail) => {
    child.once('error', fail).once('close', (_code, signal) => {
      said.endedBy = signal;
      done();
    });
  });
  exited.catch(() => undefined);
  child.stdout.on('data', (part: Buffer) => {
    bytes += part.length;
    run.onSaid();
    if (bytes > OUTPUT_BYTES) tooMuch();
  });
  child.stderr.on('data', (part: Buffer) => {
    if (said.complaints.length < 4000) said.complaints += part.toString();
  });
  for await (const line of createInterface({ input: child.stdout })) take(said, line, run);
  await exited;
  return said;
}

/** Signals no program sends itself by being broken. The kernel, short of memory, and operators send them. */
const FROM_OUTSIDE: (NodeJS.Signals | null)[] = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'];

function causeOf(said: Said): Stop {
  if (ranOutOfMemory(said)) return 'memory';
  // The limit on processor time, which several threads use up faster than the clock.
  if (said.endedBy === 'SIGXCPU') return 'time';
  return FROM_OUTSIDE.includes(said.endedBy) ? 'interrupted' : 'crash';
}

/** V8 gives up with these words when its heap is full. */
const ranOutOfMemory = (said: Said) => /heap out of memory|allocation failed|out of memory/i.test(said.complaints);

function take(said: Said, line: string, run: ExtractionRun): void {
  let message: ExtractorMessage;
  try {
    message = JSON.parse(line) as ExtractorMessage;
  } catch {
    // The last line of a process that was killed while it spoke.
    return;
  }
  if (message.type === 'progress') run.onProgress?.(message.percent);
  else if (message.type === 'page') {
    said.pages.push(message.text);
    for (const chunk of message.chunks) said.chunks.push(chunk);
  } else said.end = { status: message.status, reason: message.reason };
}

function conclude(said: Said, stopped: Stop | null, seconds: number): ExtractionResult {
  const { pages, chunks, complaints } = said;
  if (stopped === 'aborted') throw new Error('extraction was called off');
  if (said.end && !stopped) {
    const keepsText = said.end.status === 'ready' || said.end.status === 'partial';
    return { status: said.end.status, reason: said.end.reason ?? null, ...(keepsText ? { pages, chunks } : NOTHING), complaints };
  }
  const why = STOP_REASONS[stopped ?? 'crash'].replace('%s', String(seconds));
  if (pages.some((page) => /[\p{L}\p{N}]/u.test(page))) {
    return { status: 'partial', reason: `Only the first ${pages.length} pages were read: ${why}.`, pages, chunks, complaints };
  }
  return { status: 'failed', reason: `The file could not be read: ${why}.`, ...NOTHING, complaints };
}

const NOTHING: Pick<ExtractionResult, 'pages' | 'chunks'> = { pages: [], chunks: [] };

const STOP_REASONS: Record<Exclude<Stop, 'aborted'>, string> = {
  time: 'it takes longer than %s seconds',
  standstill: 'one part of it takes longer than a whole document does',
  memory: 'it needs more memory than a file may take',
  output: 'it unfolds to far more text than a file may have',
  interrupted: 'the system ended its reader in every try, perhaps because the server has too little memory for it',
  crash: 'it is damaged in a way that stops the reader',
};
