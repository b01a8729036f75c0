import { AtriumError } from '@atrium/client';
import { useEffect, useState } from 'react';
import { client } from '../session/client.ts';
import { objectUrl } from './download.ts';

/** What browsers draw, and files serves inline. */
const DRAWN = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
/** A larger one is opened by a click: whoever scrolls past should not have to load it. */
const MOST_BYTES = 8 * 1024 * 1024;
/** As many as are kept loaded, so that scrolling back shows them at once. */
const KEPT = 40;
/** A message may be here a moment before files shows what it carries. */
const LATE = { tries: 5, afterMs: 400 };

type Picture = { id: string; contentType: string; size: number };

export const isShownImage = ({ contentType, size }: Picture): boolean => DRAWN.includes(contentType) && size <= MOST_BYTES;

const loaded = new Map<string, Promise<string>>();

/** The address of a picture's bytes, the same for everyone who shows it. The bytes of a file never change. */
function addressOf(roomId: string, fileId: string): Promise<string> {
  const known = loaded.get(fileId);
  loaded.delete(fileId);
  const address = known ?? load(roomId, fileId);
  loaded.set(fileId, address);
  address.catch(() => loaded.delete(fileId));
  for (const [oldest, old] of loaded) {
    if (loaded.size <= KEPT) break;
    loaded.delete(oldest);
    void old.then(
      (url) => URL.revokeObjectURL(url),
      () => undefined,
    );
  }
  return address;
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
  const [shown, setShown] = useState<Shown>({});
  useEffect(() => {
    let gone = false;
    addressOf(roomId, fileId).then(
      (url) => !gone && setShown({ url }),
      (error: unknown) => !gone && setShown({ error: AtriumError.from(error) }),
    );
    return () => {
      gone = true;
    };
  }, [roomId, fileId]);
  return shown;
}
