import type { Transport } from './transport.ts';

const UPLOAD_TIMEOUT_MS = 60_000;

/** Sends a picture of somebody, of at most 5 MiB. */
export function putPicture<T>(http: Transport, path: string, image: Blob): Promise<T> {
  const form = new FormData();
  form.append('file', image, 'picture');
  return http.request('PUT', path, { body: form, timeoutMs: UPLOAD_TIMEOUT_MS });
}
