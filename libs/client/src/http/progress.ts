import { AtriumError } from '../errors.ts';
import { parseJson } from './transport.ts';

export type ProgressRequest = {
  method: 'POST' | 'PATCH';
  url: string;
  headers: Record<string, string>;
  body: FormData | Blob;
  onProgress: (sentBytes: number, totalBytes: number) => void;
  signal: AbortSignal | undefined;
  timeoutMs: number;
  /** How long nothing may move. */
  silentMs?: number;
};
export type ProgressReply = { body: unknown; header: (name: string) => string | null };

/** Whether this place can tell how much of a body is sent; `fetch` cannot. */
export const tellsProgress = (): boolean => typeof XMLHttpRequest !== 'undefined';

/** A request that tells how much of its body is sent. */
export function sendWithProgress(asked: ProgressRequest): Promise<ProgressReply> {
  if (asked.signal?.aborted) return Promise.reject(AtriumError.local('aborted'));
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let silence: ReturnType<typeof setTimeout> | undefined;
    const moved = () => {
      clearTimeout(silence);
      if (asked.silentMs !== undefined) silence = setTimeout(() => fail('timeout'), asked.silentMs);
    };
    const abort = () => fail('aborted');
    const end = () => {
      clearTimeout(silence);
      asked.signal?.removeEventListener('abort', abort);
    };
    const fail = (code: 'network' | 'timeout' | 'aborted') => {
      end();
      reject(AtriumError.local(code));
      request.abort();
    };
    request.open(asked.method, asked.url);
    for (const [name, value] of Object.entries(asked.headers)) request.setRequestHeader(name, value);
    request.timeout = asked.timeoutMs;
    request.upload.onprogress = (event) => {
      moved();
      asked.onProgress(event.loaded, event.total);
    };
    request.onload = () => {
      end();
      const header = (name: string) => request.getResponseHeader(name);
      const body = parseJson(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve({ body, header });
      else reject(AtriumError.fromProblem(request.status, body, { get: header }));
    };
    request.onerror = () => fail('network');
    request.ontimeout = () => fail('timeout');
    asked.signal?.addEventListener('abort', abort, { once: true });
    moved();
    request.send(asked.body);
  });
}
