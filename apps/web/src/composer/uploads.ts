import { AtriumError, Observable, newId } from '@atrium/client';
import type { FileRecord } from '@atrium/contracts';
import { useSyncExternalStore } from 'react';
import { addFile } from '../live/entry-queries.ts';
import { client } from '../session/client.ts';

export type Upload = {
  id: string;
  roomId: string;
  name: string;
  size: number;
  sentBytes: number;
  state: 'uploading' | 'done' | 'failed';
  file?: FileRecord;
  error?: AtriumError;
};
type Held = Upload & { content: File; abort: AbortController };

const NONE: readonly Upload[] = [];

/** Files on their way, by the draft (or panel) they belong to. They go on while one looks elsewhere. */
class Uploads extends Observable<ReadonlyMap<string, readonly Upload[]>> {
  readonly #places = new Map<string, Held[]>();

  add(place: string, roomId: string, files: readonly File[]): void {
    for (const content of files) {
      const upload: Held = {
        id: newId(),
        roomId,
        name: content.name,
        size: content.size,
        sentBytes: 0,
        state: 'uploading',
        content,
        abort: new AbortController(),
      };
      this.#places.set(place, [...(this.#places.get(place) ?? []), upload]);
      void this.#run(place, upload);
    }
    this.changed();
  }

  retry(place: string, id: string): void {
    const upload = this.#places.get(place)?.find((one) => one.id === id);
    if (upload?.state !== 'failed') return;
    const { error: _, ...rest } = upload;
    const again: Held = { ...rest, state: 'uploading', sentBytes: 0, abort: new AbortController() };
    this.#change(place, id, again);
    void this.#run(place, again);
  }

  /** Takes it out of the draft: stops it, or deletes what has already arrived. */
  remove(place: string, id: string): void {
    const upload = this.#places.get(place)?.find((one) => one.id === id);
    upload?.abort.abort();
    if (upload?.file) void client.files.remove(upload.roomId, upload.file.id);
    this.dismiss(place, id);
  }

  /** Forgets it here; the file stays. */
  dismiss(place: string, id: string): void {
    this.#places.set(
      place,
      (this.#places.get(place) ?? []).filter((one) => one.id !== id),
    );
    this.changed();
  }

  clear(place: string): void {
    this.#places.delete(place);
    this.changed();
  }

  protected build(): ReadonlyMap<string, readonly Upload[]> {
    return new Map(this.#places);
  }

  async #run(place: string, upload: Held): Promise<void> {
    try {
      const [file] = await client.files.upload(upload.roomId, [{ name: upload.name, content: upload.content }], {
        onProgress: (sentBytes) => this.#change(place, upload.id, { sentBytes }),
        signal: upload.abort.signal,
      });
      if (!file) throw new Error('an upload was answered without a file');
      addFile(upload.roomId, file);
      this.#change(place, upload.id, { state: 'done', file });
    } catch (error) {
      const failure = AtriumError.from(error);
      if (failure.code !== 'aborted') this.#change(place, upload.id, { state: 'failed', error: failure });
    }
  }

  #change(place: string, id: string, changes: Partial<Held>): void {
    const held = this.#places.get(place);
    if (!held) return;
    this.#places.set(
      place,
      held.map((one) => (one.id === id ? { ...one, ...changes } : one)),
    );
    this.changed();
  }
}

export const uploads = new Uploads();

export const useUploads = (place: string): readonly Upload[] =>
  useSyncExternalStore(uploads.subscribe, uploads.snapshot).get(place) ?? NONE;
