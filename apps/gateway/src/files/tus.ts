import { AppError, type ResumableUpload } from '@atrium/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { plainFileName } from './multipart.ts';

export const TUS_VERSION = '1.0.0';
/** What of the protocol beyond its core is spoken. */
export const TUS_EXTENSIONS = 'creation,termination,expiration';

/** Says which protocol this is. @throws AppError `unsupported_tus_version` to who speaks another */
export function requireTus(request: FastifyRequest, reply: FastifyReply): void {
  void reply.headers({ 'tus-resumable': TUS_VERSION });
  if (request.headers['tus-resumable'] === TUS_VERSION) return;
  void reply.header('tus-version', TUS_VERSION);
  throw new AppError('unsupported_tus_version', `Tus-Resumable: must be ${TUS_VERSION}`);
}

/** A header that is a number of bytes. */
export function bytesIn({ headers }: FastifyRequest, name: 'Upload-Length' | 'Upload-Offset'): number {
  const value = headers[name.toLowerCase()];
  const bytes = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isNaN(bytes)) throw refused(name, 'must be a number of bytes');
  return bytes;
}

/** The name and purpose in `Upload-Metadata`: pairs of a key and a value in base64, joined by commas. */
export function metadataIn({ headers }: FastifyRequest): { name: string; draft: boolean } {
  const written = headers['upload-metadata'];
  const pairs = typeof written === 'string' ? written.split(',').map((pair) => pair.trim().split(/ +/)) : [];
  const values = new Map(pairs.map(([key = '', value = '']) => [key, Buffer.from(value, 'base64').toString('utf8')]));
  const name = values.get('filename') ?? values.get('name');
  if (name === undefined) throw refused('Upload-Metadata', 'must have a filename, in base64');
  return { name: plainFileName(name, (why) => refused('Upload-Metadata', `filename ${why}`)), draft: values.get('draft') === '1' };
}

/** What every reply about an upload says of it. */
export function tellState(reply: FastifyReply, { offset, size, expiresAt, recorded }: ResumableUpload): void {
  void reply.headers({
    'upload-offset': String(offset),
    'upload-length': String(size),
    ...(!recorded && { 'upload-expires': new Date(expiresAt).toUTCString() }),
  });
}

const refused = (path: string, message: string) =>
  new AppError('validation_failed', `${path}: ${message}`, { errors: [{ path, message }] });
