// Prints the secret of each process as manifests, from the lines of deploy/compose/env.sh and where the servers are:
//   sh deploy/compose/env.sh > atrium.env   (with NATS_ADDRESS, POSTGRES_ADDRESS, REDIS_ADDRESS, S3_SECRET_KEY added or changed)
//   node deploy/kubernetes/secrets.mjs < atrium.env | kubectl apply -n atrium -f -
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const REDIS_USERS = { gateway: 'gateway', rooms: 'rooms', files: 'files', 'files-worker': 'files' };
const DATABASES = { accounts: 'accounts', rooms: 'rooms', messages: 'messages', files: 'files', 'files-worker': 'files', bot: 'bot' };
/** What a process keeps for itself, where it is set. */
const OWN = {
  accounts: ['ACCOUNTS_SECRETS_KEY', 'ACCOUNTS_SMTP_URL', 'ACCOUNTS_OIDC_PROVIDERS'],
  messages: ['MESSAGES_PUSH_KEY', 'MESSAGES_PUSH_CONTACT'],
  files: ['S3_ACCESS_KEY', 'S3_SECRET_KEY', 'FILES_ANSWERER_KEY'],
  'files-worker': ['S3_ACCESS_KEY', 'S3_SECRET_KEY'],
  bot: ['BOT_SECRETS_KEY'],
};
const PROCESSES = ['gateway', 'accounts', 'rooms', 'messages', 'files', 'files-worker', 'bot'];
const constant = (name) => name.toUpperCase().replaceAll('-', '_');

function read(text) {
  const lines = text.split('\n').filter((line) => /^[A-Z]\w*=/.test(line));
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
}

/** @returns the variables of each process that nobody else may know */
export function secretsOf(settings) {
  const given = (name) => {
    if (!settings[name]) throw new Error(`${name} is not set`);
    return settings[name];
  };
  const nats = (name) =>
    given('NATS_ADDRESS')
      .split(',')
      .map((address) => `nats://${name}:${given(`NATS_${constant(name)}_PASSWORD`)}@${address}`)
      .join(',');
  return Object.fromEntries(
    PROCESSES.map((name) => {
      const [redis, database] = [REDIS_USERS[name], DATABASES[name]];
      const own = (OWN[name] ?? []).filter((variable) => settings[variable]).map((variable) => [variable, settings[variable]]);
      return [
        name,
        {
          NATS_URL: nats(name),
          BUS_KEY: given(`BUS_KEY_${constant(name)}`),
          BUS_PUBLIC_KEYS: given('BUS_PUBLIC_KEYS'),
          ...(redis && { REDIS_URL: `redis://${redis}:${given(`REDIS_${constant(redis)}_PASSWORD`)}@${given('REDIS_ADDRESS')}` }),
          ...(database && {
            [`${constant(database)}_DATABASE_URL`]: `postgres://atrium_${database}:${given(`${constant(database)}_DATABASE_PASSWORD`)}@${given('POSTGRES_ADDRESS')}/atrium`,
          }),
          ...Object.fromEntries(own),
        },
      ];
    }),
  );
}

/** JSON is YAML, and needs nothing installed to write. */
export const manifestsOf = (settings) => ({
  apiVersion: 'v1',
  kind: 'List',
  items: Object.entries(secretsOf(settings)).map(([name, stringData]) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `atrium-${name}`, labels: { 'app.kubernetes.io/part-of': 'atrium' } },
    stringData,
  })),
});

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.stdout.write(`${JSON.stringify(manifestsOf(read(readFileSync(0, 'utf8'))), null, 2)}\n`);
