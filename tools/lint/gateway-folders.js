import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The folders of the gateway, and what each may import beside itself and the configuration: only what stands below it. */
const mayImport = {
  http: [],
  limits: ['http'],
  auth: ['http', 'limits'],
  sockets: ['http', 'limits', 'auth'],
  timelines: ['sockets'],
  accounts: ['http', 'limits', 'auth', 'sockets'],
  rooms: ['http', 'limits', 'auth', 'sockets', 'timelines'],
  messages: ['http', 'limits', 'auth', 'sockets', 'timelines', 'rooms'],
  files: ['http', 'limits', 'auth', 'sockets', 'timelines', 'rooms'],
  search: ['http'],
  bot: ['http', 'limits', 'auth', 'sockets', 'timelines'],
  admin: ['http', 'limits', 'auth', 'sockets', 'timelines', 'rooms'],
  page: ['http'],
  docs: ['http', 'page'],
};

export const gatewayFolders = Object.keys(mayImport);

/** For `import-x/no-restricted-paths`. The files beside the folders put everything together and may import all of it. */
export const gatewayPaths = {
  basePath: root,
  zones: Object.entries(mayImport).map(([folder, below]) => ({
    target: `./apps/gateway/src/${folder}`,
    from: './apps/gateway/src',
    except: ['./config.ts', `./${folder}`, ...below.map((name) => `./${name}`)],
    message: `${folder}/ imports only what stands below it (${below.join(', ') || 'the configuration'}): pass in what it needs, or move the file up. See tools/lint/gateway-folders.js.`,
  })),
};
