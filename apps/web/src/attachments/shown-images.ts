import { t } from '@lingui/core/macro';
import { AtriumError } from '@atrium/client';
import { useEffect, useEffectEvent, useState } from 'react';
import { client } from '../session/client.ts';
import { objectUrl } from './download.ts';

/** What browsers draw, and files serves inline. */
const DRAWN = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
/** A larger one is opened by a click: whoever scrolls past should not have to load it. */
const MOST_BYTES = 8 * 1024 * 1024;
/** As many as are kept loaded, so that scrolling back shows them at once. */
const KEPT = 40;
const KEPT_PREVIEWS = 300;
/** A preview is drawn when the file is read: soon after it was sent, unless many others wait. */
const DRAWN_AFTER_MS = [1000, 3000, 10_000, 30_000, 120_000];
/** A message may be here a moment before files shows what it carries. */
const LATE = { tries: 5, afterMs: 400 };

type Picture = { id: string; contentType: string; size: number };

export const isShownImage = ({ contentType, size }: Omit<Picture, 'id'>): boolean => DRAWN.includes(contentType) && size <= MOST_BYTES;

type Loaded = Map<string, Promise<string>>;
const images: Loaded = new Map();
const previews: Loaded = new Map();

/** The address of a picture's bytes, the same for everyone who shows it. The bytes of a file never change. */
function addressOf(loaded: Loaded, kept: number, fileId: string, load: () => Promise<string>): Promise<string> {
  const known = loaded.get(fileId);
  loaded.delete(fileId);
  const address = known ?? load();
  loaded.set(fileId, address);
  address.catch(() => loaded.delete(fileId));
  for (const [oldest, old] of loaded) {
    if (loaded.size <= kept) break;
    loaded.delete(oldest);
    void old.then(
      (url) => URL.revokeObjectURL(url),
      () => undefined,
    );
  }
  return address;
}

/** What the server draws a small picture of. */
export const hasPreview = ({ contentType }: Pick<Picture, 'contentType'>): boolean =>
  contentType === 'application/pdf' || /^image\/(png|apng|jpeg|gif|webp|avif|tiff)$/.test(contentType);

/** Until something becomes of the file, or so long. */
function newsOf(fileId: string, mostMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      unhear();
      resolve();
    };
    const timer = setTimeout(done, mostMs);
    const unhear = client.realtime.on('timeline', ({ entries }) => {
      if (entries.some((entry) => entry.type === 'file.status' && entry.fileId === fileId)) done();
    });
  });
}

/** A small picture of the file; the picture itself while none is drawn yet, if it is not too large. */
async function loadPreview(roomId: string, file: Picture): Promise<string> {
  for (const waitMs of [...DRAWN_AFTER_MS, 0]) {
    const reply = await client.files.preview(roomId, file.id);
    if (reply) return objectUrl(reply);
    const shown = isShownImage(file) ? await load(roomId, file.id).catch(unlessUnchecked) : undefined;
    if (shown) return shown;
    if (waitMs > 0) await newsOf(file.id, waitMs);
  }
  throw new AtriumError({ code: 'not_found', status: 404, detail: t`Nothing is drawn of this file.` });
}

/** One that was not looked through for viruses yet is loaded once it was. */
function unlessUnchecked(error: unknown): undefined {
  if (AtriumError.from(error).code !== 'file_not_ready') throw error;
}

async function load(roomId: string, fileId: string, tries = LATE.tries): Promise<string> {
  try {
    return await objectUrl(await client.files.content(roomId, fileId, { inline: true }));
  } catch (error) {
    if (tries <= 1 || AtriumError.from(error).code !== 'file_not_found') throw error;
    await new Promise((resolve) => setTimeout(resolve, LATE.afterMs));
    return load(roomId, fileId, tries - 1);
  }
}

type Shown = { url?: string; error?: AtriumError };

/** @returns the address once it is loaded, or why it cannot be */
export function useImage(roomId: string, fileId: string): Shown {
  return useShown(fileId, () => addressOf(images, KEPT, fileId, () => load(roomId, fileId)));
}

/** The same of a small picture, which is loaded when it is wanted. */
export function usePreview(roomId: string, file: Picture, wanted = true): Shown {
  return useShown(
    file.id,
    wanted && hasPreview(file) ? () => addressOf(previews, KEPT_PREVIEWS, file.id, () => loadPreview(roomId, file)) : undefined,
  );
}

function useShown(fileId: string, load: (() => Promise<string>) | undefined): Shown {
  const [shown, setShown] = useState<Shown>({});
  const wanted = load !== undefined;
  const begin = useEffectEvent(() => load?.());
  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    void begin()?.then(
      (url) => !gone && setShown({ url }),
      (error: unknown) => !gone && setShown({ error: AtriumError.from(error) }),
    );
    return () => {
      gone = true;
    };
  }, [wanted, fileId]);
  return shown;
}
