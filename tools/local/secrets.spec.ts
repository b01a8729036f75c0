import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSecrets } from './secrets.ts';

describe('the secrets of a data folder', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'atrium-secrets-'));
    file = join(folder, 'secrets.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are made once, for their owner alone', () => {
    const first = loadSecrets(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(loadSecrets(file)).toEqual(first);
  });

  it('of an earlier version are kept, and what they lack is made', () => {
    const { nats, pushKey, ...earlier } = loadSecrets(file);
    writeFileSync(file, JSON.stringify({ ...earlier, services: { rooms: 'kept' } }));
    const later = loadSecrets(file);
    expect(later).toMatchObject({ postgres: earlier.postgres, busKeys: earlier.busKeys, services: { rooms: 'kept' } });
    expect(later.nats.rooms).not.toBe(nats.rooms);
    expect(later.pushKey).not.toBe(pushKey);
    expect(later.pushKey).toMatch(/^[\w-]{43}$/);
    expect(later.services.bot).toHaveLength(32);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(later);
  });
});
