import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';

const FORM = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

type Sealing = {
  /** Whose secrets these are: another service's key of the same bytes opens nothing of theirs. */
  service: string;
  /** 32 bytes in hexadecimal. */
  key: string;
  /** The setting that holds the key, for whoever has to look at it. */
  setting: string;
};

/** A key that seals, as configuration gives it. */
export const sealingKey = z.string().regex(/^[0-9a-f]{64}$/i, { error: 'must be 32 bytes in hexadecimal' });

/** Seals what the database keeps but must not be able to tell, with a key that only the service is given. */
export class Sealer {
  private readonly sealing: Buffer;
  private readonly digesting: Buffer;

  private readonly setting: string;

  constructor({ service, key, setting }: Sealing) {
    this.setting = setting;
    const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', Buffer.from(key, 'hex'), '', purpose, 32));
    this.sealing = derive(`atrium.${service}.sealing`);
    this.digesting = derive(`atrium.${service}.digesting`);
  }

  /** @param place what is sealed and for whom: sealed text that was moved elsewhere does not open */
  seal(text: string, place: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.sealing, iv).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${FORM}.${sealed.toString('base64url')}`;
  }

  /** @throws Error when it was sealed with another key, for another place, or changed since */
  open(sealed: string, place: string): string {
    const [form, encoded = ''] = sealed.split('.');
    const bytes = Buffer.from(encoded, 'base64url');
    if (form !== FORM || bytes.length < IV_BYTES + TAG_BYTES) throw new Error(`What is stored as ${place} was not sealed by this service.`);
    const decipher = createDecipheriv('aes-256-gcm', this.sealing, bytes.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(place))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch (cause) {
      throw new Error(`What is stored as ${place} does not open: ${this.setting} is not the key with which it was sealed.`, { cause });
    }
  }

  /** Whether a text was sealed by this form of sealing. */
  static holds(text: string): boolean {
    return text.startsWith(`${FORM}.`);
  }

  /** What is kept of a short secret: who has the database alone cannot try them all. */
  digest(text: string, place: string): string {
    return createHmac('sha256', this.digesting).update(`${place}\n${text}`).digest('hex');
  }
}
