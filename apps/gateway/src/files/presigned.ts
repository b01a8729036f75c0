import { AppError } from '@atrium/contracts';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Until the first word of the answer. A body takes as long as the client's line needs: while that is full, nothing moves. */
const ANSWER_WITHIN_MS = 5000;

/** Sends a request to an address that files handed us; the address carries its own permission. */
function open(url: string, options: RequestOptions) {
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  const request = send(url, options);
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('error', (error) => reject(away(error)));
    request.once('response', (response) => {
      request.setTimeout(0);
      resolve(response);
    });
    request.setTimeout(ANSWER_WITHIN_MS, () => request.destroy(new Error('object storage does not answer')));
  });
  return { request, answered };
}

const away = (cause: unknown) => new AppError('service_unavailable', undefined, { retryAfterSeconds: 2 }, { cause });

/** Puts bytes of known length at the address. @returns what the store calls them, its `ETag` */
export async function putObject(url: string, body: Readable, size: number): Promise<string> {
  const { request, answered } = open(url, { method: 'PUT', headers: { 'content-length': size } });
  // A refusal may come while we still write; its answer tells more than the broken pipe.
  const written = pipeline(body, request).catch((error: unknown) => error);
  const response = await answered;
  response.resume();
  if (response.statusCode !== 200) throw away(new Error(`object storage answered ${response.statusCode} to a PUT`));
  const failure = await written;
  if (failure) throw away(failure);
  return response.headers.etag ?? '';
}

/** Opens the bytes at the address, or a range of them. */
export async function getObject(url: string, range: string | undefined): Promise<IncomingMessage> {
  const { request, answered } = open(url, { method: 'GET', headers: range ? { range } : {} });
  request.end();
  const response = await answered;
  if (response.statusCode === 200 || response.statusCode === 206) return response;
  response.resume();
  throw response.statusCode === 404
    ? new AppError('file_not_found')
    : away(new Error(`object storage answered ${response.statusCode} to a GET`));
}
