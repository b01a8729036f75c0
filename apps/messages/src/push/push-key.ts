import { createECDH } from 'node:crypto';

const BYTES = 32;

/** What push services and browsers are told of a private key. */
export function publicKeyOf(privateKey: string): string {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(Buffer.from(privateKey, 'base64url'));
  return pair.getPublicKey('base64url');
}

export function isPrivateKey(text: string): boolean {
  if (!/^[\w-]{43}$/.test(text) || Buffer.from(text, 'base64url').length !== BYTES) return false;
  try {
    return publicKeyOf(text) !== '';
  } catch {
    return false;
  }
}
