import { i18n } from '../language/i18n.ts';
import { client } from '../session/client.ts';
import { findRegistration } from './registration.ts';

/** `blocked`: the browser does not show notifications of this site. */
export type PushState = 'unsupported' | 'blocked' | 'off' | 'on';

const WANTED = 'atrium.push.';

export async function readPushState(userId: string): Promise<PushState> {
  const registration = await findRegistration();
  if (!registration || !('pushManager' in registration) || typeof Notification === 'undefined') return 'unsupported';
  if (Notification.permission === 'denied') return 'blocked';
  const isOn = localStorage.getItem(WANTED + userId) !== null && (await registration.pushManager.getSubscription()) !== null;
  return isOn ? 'on' : 'off';
}

/** Asks the person, so it is called by a click alone. */
export async function turnPushOn(userId: string): Promise<PushState> {
  if ((await Notification.requestPermission()) !== 'granted') return readPushState(userId);
  await subscribe();
  localStorage.setItem(WANTED + userId, '1');
  return 'on';
}

export async function turnPushOff(userId: string): Promise<PushState> {
  localStorage.removeItem(WANTED + userId);
  const subscription = await (await findRegistration())?.pushManager.getSubscription();
  if (subscription) {
    await client.notifications.unsubscribePush(subscription.endpoint);
    await subscription.unsubscribe();
  }
  return readPushState(userId);
}

/** A new session tells this device again if its owner wanted that. Asks nobody. */
export async function renewPush(userId: string): Promise<void> {
  const isWanted = localStorage.getItem(WANTED + userId) !== null;
  if (isWanted && typeof Notification !== 'undefined' && Notification.permission === 'granted') await subscribe();
}

/** Whoever signed out is not told here any more, and nothing of theirs stays on the screen. */
export async function leaveDevice(): Promise<void> {
  const registration = await findRegistration();
  if (!registration) return;
  for (const shown of await registration.getNotifications()) shown.close();
  await (await registration.pushManager.getSubscription())?.unsubscribe();
}

/** A subscription that was made for another key of the server reaches nobody. */
async function subscribe(): Promise<void> {
  const registration = await findRegistration();
  if (!registration) return;
  const key = bytesOf(await client.notifications.pushKey());
  const known = await registration.pushManager.getSubscription();
  if (known && !isFor(known, key)) await known.unsubscribe();
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = subscription.toJSON();
  await client.notifications.subscribePush({
    endpoint: endpoint!,
    keys: { p256dh: keys!['p256dh']!, auth: keys!['auth']! },
    language: i18n.locale,
  });
}

function isFor({ options }: PushSubscription, key: Uint8Array): boolean {
  const made = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  return made.length === key.length && made.every((byte, index) => byte === key[index]);
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
