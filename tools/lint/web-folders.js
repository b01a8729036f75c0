import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/**
 * The folders of the page, each with what stands on it below: one imports only what is named before it. First what knows
 * nothing of Atrium, then who is signed in and what is happening, then nouns, then places made of them.
 */
const order = [
  'language',
  'kit',
  'session',
  'attachments',
  'live',
  'device',
  'time',
  'room',
  'writing',
  'people',
  'direct',
  'messages',
  'notifications',
  'scheduled',
  'reactions',
  'bot',
  'profile',
  'rail',
  'search',
  'invites',
  'lobby',
  'members',
  'layout',
  'quotes',
  'saved',
  'changes',
  'composer',
  'previews',
  'timeline',
  'threads',
  'pins',
  'document',
  'files',
  'audit',
  'rooms',
  'share',
  'admin',
  'app',
];

/** For `import-x/no-restricted-paths`. The service worker stands beside them: it knows what is shared with it, and no page knows it. */
export const webPaths = {
  basePath: root,
  zones: [
    ...order.map((folder, at) => ({
      target: `./apps/web/src/${folder}`,
      from: './apps/web/src',
      except: order.slice(0, at + 1).map((name) => `./${name}`),
      message: `${folder}/ imports only folders that come before it in tools/lint/web-folders.js: pass in what it needs, or move the file to where both can have it.`,
    })),
    {
      target: './apps/web/src/worker',
      from: './apps/web/src',
      except: ['./worker', './share', './device/shell-caches.ts'],
      message: 'The service worker imports nothing of the page.',
    },
  ],
};

/** Every folder has a place among them; a new one is put where its imports allow. */
export const webFolders = [...order, 'worker'];
