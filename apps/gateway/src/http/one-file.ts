import { AppError } from '@atrium/contracts';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

const MAX_FIELDS = 5;

/**
 * The bytes of one small file: the body itself, or the first file of a form whatever its field is called.
 * @throws AppError `payload_too_large`, `malformed_request`
 */
export async function readOneFile(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  try {
    const isForm = /^multipart\/form-data/i.test(request.headers['content-type'] ?? '');
    return await (isForm ? readForm(request, maxBytes) : collect(request, maxBytes));
  } catch (error) {
    // The client may finish talking for a while, so that it hears our answer instead of a broken line.
    request.resume();
    throw error instanceof AppError ? error : new AppError('malformed_request', 'The upload could not be read', {}, { cause: error });
  }
}

function readForm(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parser = new Busboy({
      headers: request.headers as BusboyHeaders,
      limits: { files: 1, fields: MAX_FIELDS, parts: MAX_FIELDS + 1, fieldSize: 1024, headerSize: 4096 },
      isPartAFile: (_field, _type, name) => name !== undefined,
    });
    let found: Promise<Buffer> | undefined;
    const fail = (error: unknown) => {
      request.unpipe(parser);
      reject(error as Error);
    };
    parser.on('file', (_field, body) => {
      found = collect(body, maxBytes);
      found.catch(fail);
    });
    parser.once('error', fail);
    request.once('aborted', () => fail(new AppError('malformed_request', 'The upload was broken off')));
    parser.once('finish', () => (found ?? Promise.reject(new AppError('malformed_request', 'The form has no file'))).then(resolve, fail));
    request.pipe(parser);
  });
}

function collect(body: Readable, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    body.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) return void chunks.push(chunk);
      body.pause().removeAllListeners('data');
      reject(new AppError('payload_too_large', `The picture may have at most ${maxBytes} bytes`, { maxBytes }));
    });
    body.once('end', () => resolve(Buffer.concat(chunks)));
    body.once('error', reject);
  });
}
