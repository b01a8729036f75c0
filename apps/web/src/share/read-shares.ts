import { NAME_HEADER, SHARED_TEXT, SHARES_CACHE } from './shared-things.ts';

export type Shared = { text: string; files: File[] };

/** What another app shared last; undefined when there is nothing. */
export async function readShared(): Promise<Shared | undefined> {
  if (!('caches' in window) || !(await caches.has(SHARES_CACHE))) return undefined;
  const cache = await caches.open(SHARES_CACHE);
  const text = (await (await cache.match(SHARED_TEXT))?.text()) ?? '';
  const requests = (await cache.keys()).filter(({ url }) => new URL(url).pathname !== SHARED_TEXT);
  const files = await Promise.all(requests.map(async (request) => fileOf((await cache.match(request))!)));
  return text === '' && files.length === 0 ? undefined : { text, files };
}

export const forgetShared = (): Promise<boolean> => ('caches' in window ? caches.delete(SHARES_CACHE) : Promise.resolve(false));

async function fileOf(response: Response): Promise<File> {
  const name = decodeURIComponent(response.headers.get(NAME_HEADER) ?? '') || 'shared';
  return new File([await response.blob()], name, { type: response.headers.get('content-type') ?? '' });
}
