import { hashRefreshToken, newRefreshToken, newRotationKey, successorOf } from './refresh-tokens.ts';

describe('refresh tokens', () => {
  it('have 256 bits, never twice the same', () => {
    const tokens = Array.from({ length: 100 }, newRefreshToken);
    expect(new Set(tokens).size).toBe(100);
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });

  it('have one successor per session key, unlike themselves', () => {
    const [token, key] = [newRefreshToken(), newRotationKey()];
    expect(successorOf(token, key)).toBe(successorOf(token, key));
    expect(successorOf(token, key)).not.toBe(successorOf(token, newRotationKey()));
    expect(Buffer.from(successorOf(token, key), 'base64url')).toHaveLength(32);
  });

  it('are stored as a hash', () => {
    const token = newRefreshToken();
    expect(hashRefreshToken(token)).toMatch(/^[0-9a-f]{64}$/);
    expect(hashRefreshToken(token)).not.toContain(token);
  });
});
