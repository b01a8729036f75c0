import { PasswordHasher } from './password-hasher.ts';

/** Work that ends when it is told to. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

describe('PasswordHasher', () => {
  it('makes argon2id hashes with the agreed cost, and tells right from wrong', async () => {
    const hasher = new PasswordHasher();
    const hashed = await hasher.hash('sesame');
    expect(hashed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.verify(hashed, 'sesame')).toBe(true);
    expect(await hasher.verify(hashed, 'Sesame')).toBe(false);
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
