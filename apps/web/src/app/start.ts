import { i18n } from '../language/i18n.ts';
import { notificationCenter } from '../notifications/notification-center.ts';
import { startKeeping } from './keeper.ts';
import { session } from '../session/session-store.ts';
import { leaveDevice, renewPush } from '../device/push.ts';
import { register } from '../device/registration.ts';

/** What failed here takes nothing from the page; the next start tries again. */
const tried = (work: Promise<unknown>): void => void work.catch(() => undefined);

let userId: string | undefined;

function followSession(): void {
  const state = session.snapshot();
  const next = state.name === 'signed_in' ? state.user.id : undefined;
  const isKept = state.name === 'signed_in' && state.isKept === true;
  if (next === userId || state.name === 'unknown' || state.name === 'unreachable' || isKept) return;
  userId = next;
  tried(next === undefined ? leaveDevice() : renewPush(next));
}

/** On the icon of an installed page. */
function showBadge(): void {
  const unread = notificationCenter.snapshot();
  if (unread > 0) tried(navigator.setAppBadge?.(unread) ?? Promise.resolve());
  else tried(navigator.clearAppBadge?.() ?? Promise.resolve());
}

/** Keeps the page on this device, and the device current. */
export function startDevice(): void {
  startKeeping();
  tried(register().then(followSession));
  session.subscribe(followSession);
  // It is told in the language of its page.
  i18n.on('change', () => userId !== undefined && tried(renewPush(userId)));
  notificationCenter.subscribe(showBadge);
}
