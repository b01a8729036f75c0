/** The `clientId` of a poll's message: how a client knows that a post of the bot shows a poll. */
export const pollClientId = (pollId: string): string => `poll:${pollId}`;
export const pollIdOf = (clientId: string | undefined): string | undefined => /^poll:([0-9a-f-]{36})$/.exec(clientId ?? '')?.[1];
