import type { FileRecord } from '@atrium/contracts';
import { AtriumError } from '../errors.ts';
import { type Transport, parseJson } from './transport.ts';

export type UploadPart = { name: string; content: Blob };
export type UploadOptions = {
  onProgress?: (sentBytes: number, totalBytes: number) => void;
  signal?: AbortSignal;
  /** For a message to come: nobody else sees the files until one is sent with their ids. */
  draft?: boolean;
};
type UploadReply = { items: FileRecord[] };
type Door = { http: Transport; token: () => Promise<string> };

/** A big file takes as long as the line needs; what must not happen is that nothing moves. */
const UPLOAD_TIMEOUT_MS = 30 * 60_000;

/** `fetch` cannot tell how much is sent, so browsers upload by XMLHttpRequest when someone wants to know. */
export function upload(door: Door, path: string, parts: readonly UploadPart[], options: UploadOptions): Promise<UploadReply> {
  const form = new FormData();
  for (const part of parts) form.append('file', part.content, part.name);
  const query = options.draft ? { draft: 1 } : {};
  if (options.onProgress && typeof XMLHttpRequest !== 'undefined')
    return uploadWithProgress(door, door.http.url(path, query), form, options);
  return door.http.request('POST', path, {
    query,
    body: form,
    timeoutMs: UPLOAD_TIMEOUT_MS,
    ...(options.signal ? { signal: options.signal } : {}),
  });
}

async function uploadWithProgress(door: Door, url: string, form: FormData, options: UploadOptions): Promise<UploadReply> {
  const token = await door.token();
  if (options.signal?.aborted) throw AtriumError.local('aborted');
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.timeout = UPLOAD_TIMEOUT_MS;
    request.upload.onprogress = (event) => options.onProgress?.(event.loaded, event.total);
    request.onload = () => {
      const body = parseJson(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body as UploadReply);
      else reject(AtriumError.fromProblem(request.status, body, { get: (name) => request.getResponseHeader(name) }));
    };
    request.onerror = () => reject(AtriumError.local('network'));
    request.ontimeout = () => reject(AtriumError.local('timeout'));
    request.onabort = () => reject(AtriumError.local('aborted'));
    options.signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}
