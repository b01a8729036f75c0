import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../paths.ts';

/** The users of a server as `deploy/` has them, with each password in place of the variable that names it. */
export async function usersFile(server: 'nats' | 'redis', passwords: Readonly<Record<string, string>>): Promise<string> {
  const template = await readFile(join(root, 'deploy', server, 'users.conf'), 'utf8');
  return template.replace(/\$(?:NATS|REDIS)_([A-Z_]+)_PASSWORD/g, (variable, user: string) => {
    const password = passwords[user.toLowerCase().replaceAll('_', '-')];
    if (!password) throw new Error(`there is no password for ${variable}`);
    // NATS would take some passwords for numbers.
    return server === 'nats' ? `"${password}"` : password;
  });
}
