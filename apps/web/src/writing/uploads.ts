import { AtriumError, Observable, type ResumableOptions, newId } from '@atrium/client';
import type { FileRecord } from '@atrium/contracts';
import { useEffect, useSyncExternalStore } from 'react';
import { isShownImage } from '../attachments/shown-images.ts';
import { addFile } from '../live/entry-queries.ts';
import { client } from '../session/client.ts';
import { session } from '../session/session-store.ts';
import { keepTray, readTray } from './tray-shelf.ts';

export type Upload = {
  id: string;
  roomId: string;
  name: string;
  size: number;
  sentBytes: number;
  state: 'uploading' | 'done' | 'failed';
  /** The line is broken: it goes on by itself. */
  waiting?: boolean;
  file?: FileRecord;
  /** The address of the picture that was chosen. */
  picture?: string;
  error?: AtriumError;
};
/** `content` is gone for what was uploaded before the page was loaded. `uploadId` is how one that is broken off goes on. */
type Held = Upload & { content?: Blob; uploadId?: string; abort: AbortController };

const NONE: readonly Upload[] = [];
/** From here on it takes long enough for a line to break. */
const RESUMABLE_BYTES = 5 * 1024 * 1024;
/** Spares whoever never uploaded anything large the code for it. */
const HINT_KEY = 'atrium.uploads';

/** Uploads to the list of a room's files are the room's at once; those to a draft are the room's when it is sent. */
export const filesPlace = (roomId: string): string => `files.${roomId}`;
export const isDraft = (place: string): boolean => !place.startsWith('files.');

/** Files on their way, by the draft (or panel) they belong to. They go on while one looks elsewhere. */
class Uploads extends Observable<ReadonlyMap<string, readonly Upload[]>> {
  readonly #places = new Map<string, Held[]>();
  readonly #looked = new Set<string>();
  /** Where all that was left before a reload is back. */
  readonly #restored = new Set<string>();

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
        ...(isShownImage({ contentType: content.type, size: content.size }) ? { picture: URL.createObjectURL(content) } : {}),
        abort: new AbortController(),
      };
      this.#places.set(place, [...(this.#places.get(place) ?? []), upload]);
      void this.#run(place, upload);
    }
    this.changed();
  }

  /** Brings back what an unsent message had attached when the page was left; what has been deleted since drops out. */
  restore(place: string): void {
    if (!this.#looked.has(place)) {
      this.#looked.add(place);
      // A browser that keeps nothing has nothing to go on with.
      void this.#goOn(place)
        .catch(() => undefined)
        .then(() => this.#restored.add(place) && this.changed());
    }
    if (!isDraft(place) || this.#places.has(place)) return;
    const kept = readTray(place).map((file): Held => ({
      id: file.id,
      roomId: file.roomId,
      name: file.name,
      size: file.size,
      sentBytes: file.size,
      state: 'done',
      file,
      abort: new AbortController(),
    }));
    if (kept.length === 0) return;
    this.#places.set(place, kept);
    this.changed();
    for (const { id, roomId } of kept) {
      client.files.get(roomId, id).catch((error: unknown) => {
        if (AtriumError.from(error).code === 'file_not_found') this.dismiss(place, id);
      });
    }
  }

  isRestored(place: string): boolean {
    return this.#restored.has(place);
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
    // What is not given up is swept, a day later.
    if (upload?.uploadId && !upload.file) client.files.giveUpUpload(upload.roomId, upload.uploadId).catch(() => undefined);
    if (upload?.file) void client.files.remove(upload.roomId, upload.file.id);
    this.dismiss(place, id);
  }

  /** Forgets it here; the file stays. */
  dismiss(place: string, id: string): void {
    const held = this.#places.get(place) ?? [];
    forgetPictures(held.filter((one) => one.id === id));
    this.#places.set(
      place,
      held.filter((one) => one.id !== id),
    );
    this.#keep(place);
    this.changed();
  }

  clear(place: string): void {
    forgetPictures(this.#places.get(place) ?? []);
    this.#places.delete(place);
    this.#keep(place);
    this.changed();
  }

  protected build(): ReadonlyMap<string, readonly Upload[]> {
    return new Map(this.#places);
  }

  async #run(place: string, upload: Held): Promise<void> {
    const { content, name, roomId } = upload;
    if (!content) return;
    const draft = isDraft(place);
    const options = {
      draft,
      onProgress: (sentBytes: number) => this.#change(place, upload.id, { sentBytes }),
      signal: upload.abort.signal,
    };
    try {
      const file =
        content.size < RESUMABLE_BYTES
          ? (await client.files.upload(roomId, [{ name, content }], options))[0]
          : await this.#sendResumably(place, { ...upload, content }, options);
      if (!file) throw new Error('an upload was answered without a file');
      if (!draft) addFile(upload.roomId, file);
      this.#change(place, upload.id, { state: 'done', file });
      this.#keep(place);
    } catch (error) {
      const failure = AtriumError.from(error);
      if (failure.code !== 'aborted') this.#change(place, upload.id, { state: 'failed', error: failure });
    }
  }

  /** It goes on after a broken line, and is kept so that it also does after a reload. No other tab does it as well. */
  async #sendResumably(place: string, upload: Held & { content: Blob }, options: ResumableOptions): Promise<FileRecord> {
    const { id, roomId, name, content } = upload;
    const shelf = await import('./unfinished-shelf.ts');
    const userId = signedInUser();
    const begun = (uploadId: string) => {
      this.#change(place, id, { uploadId });
      // Without space for it, it is lost with the page, as any other.
      localStorage.setItem(HINT_KEY, '1');
      if (userId) shelf.keepUnfinished({ id, userId, place, roomId, name, content, uploadId }).catch(() => undefined);
    };
    const send = () =>
      client.files.uploadResumably(
        roomId,
        { name, content },
        {
          ...options,
          ...(upload.uploadId === undefined ? {} : { uploadId: upload.uploadId }),
          onBegun: begun,
          onWaiting: (waiting) => this.#change(place, id, { waiting }),
        },
      );
    try {
      return await (locks ? locks.request(lockOf(id), send) : send());
    } finally {
      shelf.dropUnfinished(id).catch(() => undefined);
    }
  }

  /** What was on its way when the page was left. */
  async #goOn(place: string): Promise<void> {
    const userId = signedInUser();
    if (!userId || localStorage.getItem(HINT_KEY) === null) return;
    const shelf = await import('./unfinished-shelf.ts');
    const { held = [] } = (await locks?.query()) ?? {};
    const elsewhere = new Set(held.map(({ name }) => name));
    for (const { id, roomId, name, content, uploadId } of await shelf.unfinishedOf(userId, place)) {
      if (elsewhere.has(lockOf(id))) continue;
      const common = { id, roomId, name, size: content.size, sentBytes: 0, state: 'uploading' } as const;
      const upload: Held = { ...common, content, uploadId, abort: new AbortController() };
      this.#places.set(place, [...(this.#places.get(place) ?? []), upload]);
      void this.#run(place, upload);
    }
    this.changed();
  }

  #keep(place: string): void {
    if (isDraft(place))
      keepTray(
        place,
        (this.#places.get(place) ?? []).flatMap(({ file }) => file ?? []),
      );
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

function forgetPictures(uploads: readonly Upload[]): void {
  for (const { picture } of uploads) if (picture) URL.revokeObjectURL(picture);
}

export const uploads = new Uploads();

/** Not there where the page came over plain HTTP. */
const locks = navigator.locks as LockManager | undefined;

/** Held by the tab that sends it. */
const lockOf = (id: string): string => `atrium.upload.${id}`;

function signedInUser(): string | undefined {
  const state = session.snapshot();
  return state.name === 'signed_in' ? state.user.id : undefined;
}

/** What is attached there, what was left there before a reload too. */
export function useUploads(place: string): readonly Upload[] {
  useEffect(() => uploads.restore(place), [place]);
  return useSyncExternalStore(uploads.subscribe, uploads.snapshot).get(place) ?? NONE;
}

/** Whether all that was left there before a reload is back. */
export const useAreRestored = (place: string): boolean => useSyncExternalStore(uploads.subscribe, () => uploads.isRestored(place));
