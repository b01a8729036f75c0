import type { FileRecord } from '@atrium/contracts';
import { sendWithProgress, tellsProgress } from './progress.ts';
import type { Transport } from './transport.ts';

export type UploadPart = { name: string; content: Blob };
export type UploadOptions = {
  onProgress?: (sentBytes: number, totalBytes: number) => void;
  signal?: AbortSignal;
  /** For a message to come: nobody else sees the files until one is sent with their ids. */
  draft?: boolean;
};
type UploadReply = { items: FileRecord[] };
export type Door = { http: Transport; token: () => Promise<string> };

/** A big file takes as long as the line needs; what must not happen is that nothing moves. */
const UPLOAD_TIMEOUT_MS = 30 * 60_000;

/** Browsers upload by XMLHttpRequest when someone wants to know how much is sent. */
export async function upload(door: Door, path: string, parts: readonly UploadPart[], options: UploadOptions): Promise<UploadReply> {
  const form = new FormData();
  for (const part of parts) form.append('file', part.content, part.name);
  const query = options.draft ? { draft: 1 } : {};
  const { onProgress, signal } = options;
  if (onProgress && tellsProgress()) {
    const headers = { authorization: `Bearer ${await door.token()}` };
    const url = door.http.url(path, query);
    const sent = await sendWithProgress({ method: 'POST', url, headers, body: form, onProgress, signal, timeoutMs: UPLOAD_TIMEOUT_MS });
    return sent.body as UploadReply;
  }
  return door.http.request('POST', path, { query, body: form, timeoutMs: UPLOAD_TIMEOUT_MS, ...(signal ? { signal } : {}) });
}
