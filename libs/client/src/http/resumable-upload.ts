import type { FileRecord, ResumableUpload } from '@atrium/contracts';
import { AtriumError, type AtriumErrorCode } from '../errors.ts';
import { sendWithProgress, tellsProgress } from './progress.ts';
import { at } from './rooms.api.ts';
import type { Door, UploadOptions, UploadPart } from './upload.ts';

export type ResumableOptions = UploadOptions & {
  /** An upload of the same bytes that was begun before: it goes on where it was broken off. */
  uploadId?: string;
  /** Hears the id by which it can go on, also after this program has ended. */
  onBegun?: (uploadId: string) => void;
  /** Hears that the line is broken, and that bytes go over it again. */
  onWaiting?: (waiting: boolean) => void;
  /** The pauses between tries, the last one again and again. */
  pausesMs?: readonly number[];
};

/** What a proxy in between may have to hold, and what is sent again at most when it breaks. */
const SLICE_BYTES = 16 * 1024 * 1024;
const SLICE_TIMEOUT_MS = 10 * 60_000;
const SILENT_MS = 45_000;
const PAUSES_MS = [300, 1000, 2000, 5000];
/** A line may be away for hours. A server that answers, and only ever with a failure, is not waited for. */
const MOST_FAILURES = 8;
const NO_LINE: readonly AtriumErrorCode[] = ['network', 'timeout'];
const PASSING: readonly AtriumErrorCode[] = ['upload_offset_conflict', 'request_timeout', 'unauthenticated'];

/** One upload by the protocol tus 1.0.0 that goes on after the line broke, until it is done or its signal ends it. */
export class ResumingUpload {
  #id: string | undefined;
  #failures = 0;
  /** Since bytes last went over the line. */
  #breaks = 0;

  constructor(
    private readonly door: Door,
    private readonly roomId: string,
    private readonly part: UploadPart,
    private readonly options: ResumableOptions,
  ) {
    this.#id = options.uploadId;
  }

  async run(): Promise<FileRecord> {
    for (;;) {
      try {
        const offset = await this.#begin();
        await this.#sendFrom(offset);
        return await this.door.http.request('GET', at(this.roomId, 'files', this.#id!), this.#signal());
      } catch (error) {
        await this.#pauseAfter(AtriumError.from(error));
      }
    }
  }

  /** @returns how much is there already */
  async #begin(): Promise<number> {
    const { http } = this.door;
    if (this.#id !== undefined) {
      const { offset } = await http.request<ResumableUpload>('GET', at(this.roomId, 'uploads', this.#id), this.#signal());
      return offset;
    }
    const { name, content } = this.part;
    const metadata = [['filename', name], ...(this.options.draft ? [['draft', '1']] : [])] as const;
    const reply = await http.open('POST', at(this.roomId, 'uploads'), {
      headers: {
        'tus-resumable': '1.0.0',
        'upload-length': String(content.size),
        'upload-metadata': metadata.map(([key, value]) => `${key} ${base64(value!)}`).join(','),
      },
      ...this.#signal(),
    });
    const id = reply.headers.get('location')?.split('/').at(-1);
    if (!id) throw new Error('a new upload was answered without its address');
    this.#id = id;
    this.options.onBegun?.(id);
    return 0;
  }

  async #sendFrom(start: number): Promise<void> {
    const { size } = this.part.content;
    this.options.onProgress?.(start, size);
    for (let offset = start; offset < size;) {
      offset = await this.#send(offset, this.part.content.slice(offset, offset + SLICE_BYTES));
      this.#failures = this.#breaks = 0;
      this.#goesOn();
      this.options.onProgress?.(offset, size);
    }
  }

  /** @returns how much is there then */
  async #send(offset: number, body: Blob): Promise<number> {
    const { http, token } = this.door;
    const { onProgress, signal } = this.options;
    const path = at(this.roomId, 'uploads', this.#id!);
    const headers = { 'tus-resumable': '1.0.0', 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' };
    if (!onProgress || !tellsProgress()) {
      const reply = await http.open('PATCH', path, { body, headers, timeoutMs: SLICE_TIMEOUT_MS, ...this.#signal() });
      return Number(reply.headers.get('upload-offset'));
    }
    const told = (sent: number) => {
      if (sent > 0) this.#goesOn();
      onProgress(offset + Math.min(sent, body.size), this.part.content.size);
    };
    const authorized = { ...headers, authorization: `Bearer ${await token()}` };
    const limits = { timeoutMs: SLICE_TIMEOUT_MS, silentMs: SILENT_MS };
    const reply = await sendWithProgress({
      method: 'PATCH',
      url: http.url(path),
      headers: authorized,
      body,
      onProgress: told,
      signal,
      ...limits,
    });
    return Number(reply.header('upload-offset'));
  }

  /** Waits, or throws what no waiting helps against. */
  async #pauseAfter(error: AtriumError): Promise<void> {
    // Too old, or the store has lost it: the bytes are here, and can be sent from the start.
    if (error.code === 'upload_not_found' && this.#id !== undefined && this.#failures++ < MOST_FAILURES) return void (this.#id = undefined);
    const isLine = NO_LINE.includes(error.code);
    if (isLine) await this.#requireReadable();
    if (!isLine && !error.retryable && !PASSING.includes(error.code)) throw error;
    if (!isLine && this.#failures++ >= MOST_FAILURES) throw error;
    this.options.onWaiting?.(true);
    const pauses = this.options.pausesMs ?? PAUSES_MS;
    const pauseMs = error.retryAfterSeconds ? error.retryAfterSeconds * 1000 : pauses[Math.min(this.#breaks++, pauses.length - 1)]!;
    await pause(pauseMs, this.options.signal);
  }

  /** A file that was moved or changed since it was chosen fails as a broken line does, and no waiting helps. */
  async #requireReadable(): Promise<void> {
    try {
      await this.part.content.slice(0, 1).arrayBuffer();
    } catch (error) {
      throw AtriumError.local('unreadable', error);
    }
  }

  #goesOn(): void {
    this.options.onWaiting?.(false);
  }

  #signal(): { signal?: AbortSignal } {
    return this.options.signal ? { signal: this.options.signal } : {};
  }
}

/** Ends early, with an error, when it is given up. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) return Promise.reject(AtriumError.local('aborted'));
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(AtriumError.local('aborted'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', abort, { once: true });
  });
}

const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
