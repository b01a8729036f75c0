import type { PushMessage } from '@atrium/contracts';
import { worker } from './worker-scope.ts';

type Told = Extract<PushMessage, { type: 'notification' }>;

let taken: Promise<void> = Promise.resolve();

/**
 * What the server tells this device while nobody is at a page, one after the other: what is read was perhaps just being
 * shown, and Chromium forgets for good a notification that is not on the screen yet when somebody asks which are.
 */
export function takePush(message: PushMessage): Promise<void> {
  const taking = taken.then(() => take(message));
  taken = taking.catch(() => undefined);
  return taking;
}

async function take(message: PushMessage): Promise<void> {
  if (message.type === 'read') await close(message.tags);
  else await show(message);
  await worker.navigator[message.unread > 0 ? 'setAppBadge' : 'clearAppBadge']?.(message.unread);
}

/** A page that is open goes there; without one, it is opened. */
export async function openPlace(notification: Notification): Promise<void> {
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
