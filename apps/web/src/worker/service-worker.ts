import type { PushMessage } from '@atrium/contracts';
import { SHARE_PLACE } from '../share/shared-things.ts';
import { openPlace, takePush } from './pushes.ts';
import { takeShare } from './shares.ts';
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
