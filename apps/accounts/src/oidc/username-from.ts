const LONGEST = 24;

/** A username as we take them, of what a provider calls somebody: with room for a number behind it. */
export function usernameFrom(said: string): string {
  const [name = ''] = said.split('@');
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9_.-]+/g, '-')
    .replace(/^[-_.]+|[-_.]+$/g, '')
    .slice(0, LONGEST);
  return plain.length >= 3 ? plain : 'person';
}
