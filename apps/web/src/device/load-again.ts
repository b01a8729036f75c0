import { newVersion } from './new-version.tsx';
import { findRegistration } from './registration.ts';
import { forgetShells } from './shell-caches.ts';

/**
 * Loads the page as the server has it now. What this browser keeps may be of an older build, whose other parts the server
 * has no more: loaded from there, it would break at the same place again.
 */
export async function loadAgain(): Promise<void> {
  const registration = await findRegistration();
  if (registration && (await isServerThere())) {
    const newer = await newerWorker(registration);
    if (newer) {
      newVersion.offer(newer);
      return newVersion.take();
    }
    await forgetShells();
  }
  window.location.reload();
}

/** The one that was installed for a newer build, now or before. */
async function newerWorker(registration: ServiceWorkerRegistration): Promise<ServiceWorker | null> {
  await registration.update().catch(() => undefined);
  const { installing } = registration;
  if (installing) {
    await new Promise<void>((resolve) => {
      installing.addEventListener('statechange', () => {
        if (installing.state !== 'installing') resolve();
      });
    });
  }
  return registration.waiting;
}

/** Asked in a way that nothing that is kept answers. */
const isServerThere = (): Promise<boolean> =>
  fetch('/', { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );
