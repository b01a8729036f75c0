import { createReadStream } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';

/** What clamd says of a file. It takes files up to its own `StreamMaxLength`. */
export type Verdict = { kind: 'clean' } | { kind: 'infected'; threat: string } | { kind: 'too_large' };
export type Clamd = { host: string; port: number };

/** clamd could not be asked, or did not answer in a way that says anything of the file. */
export class ScannerAway extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`the virus scanner is away: ${reason}`, options);
    this.name = 'ScannerAway';
  }
}

const CONNECT_MS = 5000;
/** Longer than clamd itself spends on one file. */
const SCAN_MS = 150_000;
const CHUNK_BYTES = 64 * 1024;

/** Whether clamd is there. @throws ScannerAway */
export async function ping(clamd: Clamd): Promise<void> {
  const { socket, reply } = open(clamd, CONNECT_MS);
  socket.write('zPING\0');
  const said = await reply;
  if (said !== 'PONG') throw new ScannerAway(`it answered "${said}"`);
}

/**
 * Sends a file to clamd. It hangs up on one that is too long, and what it said of that is lost where the rest was on its
 * way: one that is cut off twice, by a clamd that is there, is too long.
 *
 * @throws ScannerAway @throws the signal's reason when it was called off
 */
export async function scan(clamd: Clamd, path: string, signal?: AbortSignal): Promise<Verdict> {
  for (let tries = 2; ; tries -= 1) {
    try {
      return await scanOnce(clamd, path, signal);
    } catch (error) {
      if (!isCutOff(error)) throw error;
      await ping(clamd);
      if (tries <= 1) return { kind: 'too_large' };
    }
  }
}

async function scanOnce(clamd: Clamd, path: string, signal?: AbortSignal): Promise<Verdict> {
  signal?.throwIfAborted();
  const { socket, reply } = open(clamd, SCAN_MS);
  const stop = () => socket.destroy();
  signal?.addEventListener('abort', stop);
  // It may answer before it has everything, and hang up: what it said counts, not that the rest could not be sent.
  const sent = pipeline(framesOf(path), socket, { end: false }).catch((error: Error) => {
    if (isOfFile(error)) socket.destroy();
    return error;
  });
  try {
    return verdictOf(await reply);
  } catch (error) {
    signal?.throwIfAborted();
    const reason = await sent;
    throw reason && isOfFile(reason) ? reason : error;
  } finally {
    signal?.removeEventListener('abort', stop);
    socket.destroy();
    await sent;
  }
}

/** The command, and the file in pieces that say how long they are; one of no length ends it. */
async function* framesOf(path: string): AsyncGenerator<Buffer> {
  yield Buffer.from('zINSTREAM\0');
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>)
    yield Buffer.concat([lengthOf(chunk.length), chunk]);
  yield lengthOf(0);
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}

/** A connection, and the one thing clamd says on it: it ends with a zero, as the command did. */
function open({ host, port }: Clamd, silentMs: number): { socket: Socket; reply: Promise<string> } {
  const socket = connect({ host, port });
  const { promise: reply, resolve, reject } = Promise.withResolvers<string>();
  let said = '';
  const silent = () => socket.destroy(new Error('it says nothing'));
  socket.setTimeout(CONNECT_MS, silent);
  socket.on('connect', () => socket.setTimeout(silentMs));
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    said += text;
    if (!said.includes('\0')) return;
    resolve(said.slice(0, said.indexOf('\0')).trim());
    socket.destroy();
  });
  socket.on('error', (error) => reject(new ScannerAway(error.message, { cause: error })));
  socket.on('close', () => reject(new ScannerAway('it hung up')));
  return { socket, reply };
}

function verdictOf(reply: string): Verdict {
  const found = /^stream: (?:(OK)|(.+) FOUND)$/.exec(reply);
  if (found?.[1]) return { kind: 'clean' };
  if (found?.[2] && UNSEEN.test(found[2])) return { kind: 'too_large' };
  if (found?.[2]) return { kind: 'infected', threat: found[2] };
  if (/size limit exceeded/i.test(reply)) return { kind: 'too_large' };
  throw new ScannerAway(`it answered "${reply}"`);
}

/** What clamd calls a file of which it did not look through all, where `AlertExceedsMax` is set. */
const UNSEEN = /^Heuristics\.Limits\.Exceeded\b/;

/** The connection was reset, rather than ended. */
const isCutOff = (error: unknown): boolean =>
  error instanceof ScannerAway && ['ECONNRESET', 'EPIPE'].includes((error.cause as { code?: string } | undefined)?.code ?? '');

/** The file itself cannot be read, which is not the scanner's fault. */
const isOfFile = (error: Error): boolean => 'path' in error;
