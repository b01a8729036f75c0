import { hash } from '@node-rs/argon2';
import { PasswordHasher } from './password-hasher.ts';

/** Work that ends when it is told to. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

describe('the hasher of passwords', () => {
  it('makes argon2id hashes with the agreed cost, and tells right from wrong', async () => {
    const hasher = new PasswordHasher();
    const hashed = await hasher.hash('sesame');
    expect(hashed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.verify(hashed, 'sesame')).toBe(true);
    expect(await hasher.verify(hashed, 'Sesame')).toBe(false);
  });

  it('takes a password in every form in which keyboards write the same characters', async () => {
    const hasher = new PasswordHasher();
    const hashed = await hasher.hash('caf\u00e9 \uff11\uff12\uff13');
    for (const typed of ['caf\u00e9 123', 'cafe\u0301 123', 'caf\u00e9 \uff11\uff12\uff13'])
      expect(await hasher.verify(hashed, typed)).toBe(true);
    expect(await hasher.verify(hashed, 'cafe 123')).toBe(false);
  });

  it('still takes a password that was hashed as it was typed', async () => {
    const before = await hash('cafe\u0301 1234');
    expect(await new PasswordHasher().verify(before, 'cafe\u0301 1234')).toBe(true);
  });

  it('runs four at once, lets 32 wait and sends the next away', async () => {
    const hasher = new PasswordHasher();
    const { open, opened } = gate();
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++running);
      await opened;
      running--;
    };
    const accepted = Array.from({ length: 36 }, () => hasher.inTurn(work));
    await expect(hasher.inTurn(work)).rejects.toMatchObject({ code: 'service_unavailable', data: { retryAfterSeconds: 1 } });
    open();
    await Promise.all(accepted);
    expect(most).toBe(4);
    await expect(hasher.inTurn(() => Promise.resolve('free again'))).resolves.toBe('free again');
  });

  it('gives the place back when the work fails', async () => {
    const hasher = new PasswordHasher();
    const failing = Array.from({ length: 8 }, () => hasher.inTurn(() => Promise.reject(new Error('no'))));
    await Promise.allSettled(failing);
    await expect(hasher.inTurn(() => Promise.resolve('free'))).resolves.toBe('free');
  });
});
