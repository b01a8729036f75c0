import type { PushMessage } from '@atrium/contracts';
import { NAME_HEADER, SHARED_TEXT, SHARES_CACHE, SHARE_PLACE, wordsOf } from '../share/shared-things.ts';
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

type Told = Extract<PushMessage, { type: 'notification' }>;

/** What the server tells this device while nobody is at a page. */
async function takePush(message: PushMessage): Promise<void> {
  if (message.type === 'read') await close(message.tags);
  else await show(message);
  await worker.navigator[message.unread > 0 ? 'setAppBadge' : 'clearAppBadge']?.(message.unread);
}

/** A page that is open goes there; without one, it is opened. */
async function openPlace(notification: Notification): Promise<void> {
  notification.close();
  const { url } = notification.data as { url: string };
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find(({ focused }) => focused) ?? pages[0];
  if (!page) return void (await worker.clients.openWindow(url));
  page.postMessage({ type: 'open', url });
  await page.focus();
}

function show({ title, body, tag, url, silent }: Told): Promise<void> {
  return worker.registration.showNotification(title, { body, tag, silent, data: { url }, icon: '/icon-192.png', badge: '/badge-96.png' });
}

async function close(tags: readonly string[]): Promise<void> {
  for (const shown of await worker.registration.getNotifications()) if (tags.includes(shown.tag)) shown.close();
}

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
