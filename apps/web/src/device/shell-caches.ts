/** What the names of the caches that hold the page's own files begin with; each build has one. */
export const SHELL_CACHES = 'atrium-shell-';

/** Forgets the page's own files, of whatever build. */
export async function forgetShells(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(SHELL_CACHES));
  await Promise.all(names.map((name) => caches.delete(name)));
}
