import { AppError, FileName, MAX_FILES_PER_UPLOAD } from '@atrium/contracts';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

/** Of what is no file: the page sends none. */
const MAX_FIELDS = 20;
export type TakeFile = (name: string, body: Readable) => Promise<void>;

const refused = (message: string) => new AppError('validation_failed', `file: ${message}`, { errors: [{ path: 'file', message }] });

/**
 * Hands the files of a multipart body over, one after another as they come: the body is read no faster than they are
 * taken. Ends with the first failure, leaving the rest unread.
 * @returns how many files there were
 */
export function readFiles(request: IncomingMessage, maxBytes: number, take: TakeFile): Promise<number> {
  return new Promise((resolve, reject) => {
    let taken = Promise.resolve();
    let files = 0;
    let bytes = 0;
    const parser = openParser(request);
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      // What is no file is skipped, however much of it comes.
      if (bytes > maxBytes) fail(new AppError('payload_too_large'));
    };
    const fail = (error: unknown) => {
      request.off('data', count).unpipe(parser);
      parser.removeAllListeners('finish');
      parser.destroy();
      // The client may finish talking for a while, so that it hears our answer instead of a broken line.
      request.resume();
      reject(error as Error);
    };
    parser.on('file', (field, body, name) => {
      files++;
      // Parts end with an error when the parser is destroyed; who takes them hears it from their own pipeline.
      body.on('error', () => {});
      taken = taken.then(() => take(checkName(field, name), body));
      taken.catch(fail);
    });
    parser.once('filesLimit', () => fail(refused(`at most ${MAX_FILES_PER_UPLOAD} in one request`)));
    parser.once('partsLimit', () => fail(refused(`at most ${MAX_FILES_PER_UPLOAD} in one request, and few other fields`)));
    parser.once('error', (error: Error) =>
      fail(new AppError('malformed_request', 'The multipart body could not be read', {}, { cause: error })),
    );
    parser.once('finish', () => void taken.then(() => resolve(files), reject));
    request.once('aborted', () => fail(new AppError('malformed_request', 'The upload was broken off')));
    request.on('data', count).pipe(parser);
  });
}

function openParser(request: IncomingMessage) {
  if (!request.headers['content-type']?.startsWith('multipart/form-data')) throw new AppError('unsupported_media_type');
  try {
    return new Busboy({
      headers: request.headers as BusboyHeaders,
      limits: {
        files: MAX_FILES_PER_UPLOAD,
        fields: MAX_FIELDS,
        parts: MAX_FILES_PER_UPLOAD + MAX_FIELDS,
        fieldSize: 64 * 1024,
        headerSize: 16 * 1024,
      },
      isPartAFile: (_field, _type, name) => name !== undefined,
    });
  } catch (error) {
    throw new AppError('malformed_request', 'The multipart body names no boundary', {}, { cause: error });
  }
}

/**
 * A name without what would break a line or turn the direction of the text: it serves to pass one type off as another.
 * @param refusal what to throw when nothing of it may be a name
 */
export function plainFileName(chosen: string, refusal: (why: string) => AppError): string {
  const parsed = FileName.safeParse(chosen.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ''));
  if (!parsed.success) throw refusal(parsed.error.issues[0]!.message);
  return parsed.data;
}

function checkName(field: string, name: string): string {
  if (field !== 'file') throw refused('files belong in the field "file"');
  // Browsers write quotes and line ends so.
  const chosen = name.replaceAll('%22', '"').replace(/(%0D|%0A)+/g, ' ');
  return plainFileName(chosen, (why) => refused(`the name ${why}`));
}
