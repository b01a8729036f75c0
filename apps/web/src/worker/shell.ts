import { SHELL_CACHES } from '../device/shell-caches.ts';
import { worker } from './worker-scope.ts';

/** Filled in by the build: the files that the page needs to open, and what tells this build from others. */
declare const __SHELL_FILES__: readonly string[];
declare const __SHELL_VERSION__: string;

const CURRENT = SHELL_CACHES + __SHELL_VERSION__;
const INDEX = '/';
/** A script is asked for with other headers than those that it was kept with, and is the same. */
const ANY_HEADERS = { ignoreVary: true };
/** Never the page's: whatever is said about a person is asked of the server, and kept by nobody here. */
const NOT_THE_PAGE = /^\/(api|ws|health|metrics)(\/|$)/;

/** All or nothing: a build that is here in part would open and then break. */
export async function keepShell(): Promise<void> {
  const cache = await caches.open(CURRENT);
  await cache.add(new Request(INDEX, { cache: 'reload' }));
  await cache.addAll([...__SHELL_FILES__]);
}

/** Forgets what older builds left, but for the last one: a tab may still show it, and ask for its parts. */
export async function dropOldShells(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith(SHELL_CACHES) && name !== CURRENT);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
}

/** What is answered here; everything else goes its way as if nobody were between. */
export function answerShell(request: Request): Promise<Response> | undefined {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin || NOT_THE_PAGE.test(pathname)) return undefined;
  if (request.mode === 'navigate') return find(INDEX, request);
  if (pathname.startsWith('/assets/')) return keepPart(request);
  return __SHELL_FILES__.includes(pathname) ? find(pathname, request) : undefined;
}

/** Of this build first: an older one has other files under the same names. What was forgotten is kept again. */
async function find(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CURRENT);
  const known = await cache.match(path, ANY_HEADERS);
  if (known) return known;
  const response = await fetch(request);
  if (response.ok) await cache.put(path, response.clone());
  return response;
}

/** A part of the page that is opened now and then is kept once it was opened. Its name tells its content, for ever. */
async function keepPart(request: Request): Promise<Response> {
  const known = await caches.match(request, ANY_HEADERS);
  if (known) return known;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(CURRENT)).put(request, response.clone());
  return response;
}
