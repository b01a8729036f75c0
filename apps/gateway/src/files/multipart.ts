import { AppError, FileName, MAX_FILES_PER_UPLOAD } from '@atrium/contracts';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

const DRAIN_MS = 5000;
/** A line that carries nothing for so long carries nothing any more. */
const SILENT_MS = 30_000;
export type TakeFile = (name: string, body: Readable) => Promise<void>;

const refused = (message: string) => new AppError('validation_failed', `file: ${message}`, { errors: [{ path: 'file', message }] });

/**
 * Hands the files of a multipart body over, one after another as they come: the body is read no faster than they are
 * taken. Ends with the first failure, leaving the rest unread.
 * @returns how many files there were
 */
export function readFiles(request: IncomingMessage, take: TakeFile): Promise<number> {
  return new Promise((resolve, reject) => {
    let taken = Promise.resolve();
    let count = 0;
    const parser = openParser(request);
    const fail = (error: unknown) => {
      request.setTimeout(0);
      request.unpipe(parser);
      parser.removeAllListeners('finish');
      parser.destroy();
      drain(request);
      reject(error as Error);
    };
    parser.on('file', (field, body, name) => {
      count++;
      // Parts end with an error when the parser is destroyed; who takes them hears it from their own pipeline.
      body.on('error', () => {});
      taken = taken.then(() => take(checkName(field, name), body));
      taken.catch(fail);
    });
    parser.once('filesLimit', () => fail(refused(`at most ${MAX_FILES_PER_UPLOAD} in one request`)));
    parser.once('error', (error: Error) =>
      fail(new AppError('malformed_request', 'The multipart body could not be read', {}, { cause: error })),
    );
    parser.once('finish', () => void taken.then(() => resolve(count), reject));
    request.setTimeout(SILENT_MS, () => fail(new AppError('malformed_request', 'The upload fell silent')));
    request.once('end', () => request.setTimeout(0));
    request.once('aborted', () => fail(new AppError('malformed_request', 'The upload was broken off')));
    request.pipe(parser);
  });
}

/** Lets the client finish talking for a while, so that it hears our answer instead of a broken line. */
function drain(request: IncomingMessage): void {
  const impatience = setTimeout(() => request.destroy(), DRAIN_MS).unref();
  request.once('close', () => clearTimeout(impatience)).resume();
}

function openParser(request: IncomingMessage) {
  if (!request.headers['content-type']?.startsWith('multipart/form-data')) throw new AppError('unsupported_media_type');
  try {
    return new Busboy({
      headers: request.headers as BusboyHeaders,
      limits: { files: MAX_FILES_PER_UPLOAD, fields: 20, fieldSize: 64 * 1024, headerSize: 16 * 1024 },
      isPartAFile: (_field, _type, name) => name !== undefined,
    });
  } catch (error) {
    throw new AppError('malformed_request', 'The multipart body names no boundary', {}, { cause: error });
  }
}

/**
 * The name as it was chosen: browsers write quotes and line ends as %22, %0D and %0A. What would break a line or turn
 * the direction of the text is left out; it serves to pass one type off as another.
 */
function plainName(written: string): string {
  const chosen = written.replaceAll('%22', '"').replace(/(%0D|%0A)+/g, ' ');
  return chosen.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
}

function checkName(field: string, name: string): string {
  if (field !== 'file') throw refused('files belong in the field "file"');
  const parsed = FileName.safeParse(plainName(name));
  if (!parsed.success) throw refused(`the name ${parsed.error.issues[0]!.message}`);
  return parsed.data;
}
