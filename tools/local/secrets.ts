import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { databaseServices, type DatabaseService } from './provision.ts';

/** The passwords of one data folder: made once, kept beside the data, readable by its owner alone. */
export interface Secrets {
  postgres: string;
  services: Record<DatabaseService, string>;
  s3AccessKey: string;
  s3SecretKey: string;
}

const password = () => randomBytes(24).toString('base64url');

function freshSecrets(): Secrets {
  const services = Object.fromEntries(databaseServices.map((service) => [service, password()])) as Secrets['services'];
  return { postgres: password(), services, s3AccessKey: 'atrium', s3SecretKey: password() };
}

export function loadSecrets(path: string): Secrets {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Secrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const secrets = freshSecrets();
    writeFileSync(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    return secrets;
  }
}
