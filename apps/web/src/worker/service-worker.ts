import type { PushMessage } from '@atrium/contracts';
import { NAME_HEADER, SHARED_TEXT, SHARES_CACHE, SHARE_PLACE, wordsOf } from '../share/shared-things.ts';
import { openPlace, takePush } from './pushes.ts';
import { answerShell, dropOldShells, keepShell } from './shell.ts';
import { worker } from './worker-scope.ts';

worker.addEventListener('install', (event) => event.waitUntil(keepShell()));
worker.addEventListener('activate', (event) => event.waitUntil(dropOldShells().then(() => worker.clients.claim())));
worker.addEventListener('fetch', (event) => {
  const isShare = event.request.method === 'POST' && new URL(event.request.url).pathname === SHARE_PLACE;
  const answer = isShare ? takeShare(event.request) : answerShell(event.request);
  if (answer) event.respondWith(answer);
});
// Somebody chose to load the new version.
worker.addEventListener('message', ({ data }) => {
  if (data === 'take over') void worker.skipWaiting();
});
worker.addEventListener('push', (event) => {
  if (event.data) event.waitUntil(takePush(event.data.json() as PushMessage));
});
worker.addEventListener('notificationclick', (event) => event.waitUntil(openPlace(event.notification)));

/** What another app shares with Atrium is put aside until somebody has said which room it is for. */
async function takeShare(request: Request): Promise<Response> {
  const form = await request.formData();
  await caches.delete(SHARES_CACHE);
  const cache = await caches.open(SHARES_CACHE);
  await cache.put(SHARED_TEXT, new Response(wordsOf(form)));
  const files = form.getAll('files').filter((value) => value instanceof File);
  await Promise.all(
    files.map((file, index) => {
      const headers = { 'content-type': file.type || 'application/octet-stream', [NAME_HEADER]: encodeURIComponent(file.name) };
      return cache.put(`${SHARE_PLACE}/files/${index}`, new Response(file, { headers }));
    }),
  );
  return Response.redirect(SHARE_PLACE, 303);
}
