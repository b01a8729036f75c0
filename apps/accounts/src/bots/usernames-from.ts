const MOST = 20;
const ROOM_FOR_NUMBER = 28;

/** Usernames for a bot of this name, the plainest first. */
export function* usernamesFrom(name: string): Generator<string> {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, ROOM_FOR_NUMBER);
  const base = plain.length < 3 ? `${plain}${plain === '' ? '' : '-'}bot-1`.slice(0, ROOM_FOR_NUMBER) : plain;
  yield base;
  for (let number = 2; number <= MOST; number++) yield `${base}-${number}`;
}
