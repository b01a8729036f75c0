import { newVersion } from './new-version.tsx';

const WORKER = '/service-worker.js';

/** What this browser keeps of the page beyond its tabs; undefined where it keeps nothing. */
export const findRegistration = async (): Promise<ServiceWorkerRegistration | undefined> =>
  'serviceWorker' in navigator ? navigator.serviceWorker.getRegistration() : undefined;

/** Lets the page open without a network. @throws where the browser does not let it, in a private window say */
export async function register(): Promise<void> {
  await navigator.serviceWorker.register(WORKER);
  const registration = await findRegistration();
  if (!registration) return;
  if (registration.waiting) newVersion.offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      // The first one replaces nothing.
      if (installing.state === 'installed' && navigator.serviceWorker.controller) newVersion.offer(installing);
    });
  });
}
