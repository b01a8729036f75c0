/** Where the service worker puts aside what another app shares, and the page finds it. */
export const SHARE_PLACE = '/share';
export const SHARES_CACHE = 'atrium-shares';
export const SHARED_TEXT = `${SHARE_PLACE}/text`;
export const NAME_HEADER = 'x-name';

/** The words of what is shared, each once: its title, its text, its address. */
export function wordsOf(shared: { get: (name: string) => unknown }): string {
  const words = ['title', 'text', 'url'].flatMap((name) => {
    const value = shared.get(name);
    return typeof value === 'string' && value.trim() !== '' ? [value.trim()] : [];
  });
  return [...new Set(words)].join('\n');
}
