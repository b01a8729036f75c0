import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { PROCESSES, type ProcessName } from '../../libs/contracts/src/processes.ts';
import { databaseServices, type DatabaseService } from './provision.ts';

/** Who has a user in Redis; `deploy/redis/users.conf` names the same. */
export const redisUsers = ['gateway', 'rooms', 'files'] as const;
export type RedisUser = (typeof redisUsers)[number];

/** The secrets of one data folder: made once, kept beside the data, readable by its owner alone. */
export interface Secrets {
  postgres: string;
  services: Record<DatabaseService, string>;
  /** The operator's is for tools: no process of the product has it. */
  nats: Record<ProcessName | 'operator', string>;
  redis: Record<RedisUser | 'operator', string>;
  /** What each process signs with who it is. */
  busKeys: Record<ProcessName, string>;
  /** With what accounts seals what its database keeps. In hexadecimal. */
  accountsKey: string;
  /** The same for the bot. */
  botKey: string;
  /** With what messages signs what it pushes to devices: a private key of P-256. */
  pushKey: string;
  s3AccessKey: string;
  s3SecretKey: string;
}

const password = () => randomBytes(24).toString('base64url');
const key = () => randomBytes(32).toString('base64url');
const pushKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }).d!;
const each = <N extends string>(names: readonly N[], make: () => string) =>
  Object.fromEntries(names.map((name) => [name, make()])) as Record<N, string>;

function freshSecrets(): Secrets {
  return {
    postgres: password(),
    services: each(databaseServices, password),
    nats: each([...PROCESSES, 'operator'], password),
    redis: each([...redisUsers, 'operator'], password),
    busKeys: each(PROCESSES, key),
    accountsKey: randomBytes(32).toString('hex'),
    botKey: randomBytes(32).toString('hex'),
    pushKey: pushKey(),
    s3AccessKey: 'atrium',
    s3SecretKey: password(),
  };
}

/** The secrets of a data folder; what an earlier version did not need yet is made and added. */
export function loadSecrets(path: string): Secrets {
  const fresh = freshSecrets();
  const kept = readSecrets(path);
  const whole: Secrets = {
    ...fresh,
    ...kept,
    services: { ...fresh.services, ...kept?.services },
    nats: { ...fresh.nats, ...kept?.nats },
    redis: { ...fresh.redis, ...kept?.redis },
    busKeys: { ...fresh.busKeys, ...kept?.busKeys },
  };
  const text = `${JSON.stringify(whole, null, 2)}\n`;
  if (text !== `${JSON.stringify(kept, null, 2)}\n`) {
    // In one step: a start that is cut off here must not lose the password of the database.
    writeFileSync(`${path}.new`, text, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  return whole;
}

function readSecrets(path: string): Partial<Secrets> | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Partial<Secrets>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}
