/** Names that address several people, or that would pass for the product itself. */
const RESERVED: ReadonlySet<string> = new Set(['here', 'room', 'moderators', 'everyone', 'all', 'channel', 'bot', 'atrium', 'system']);

export const isReservedUsername = (username: string): boolean => RESERVED.has(username);
