/** `npm run dev`: the stack, rebuilt and restarted as files change, and the page with hot reload. */
import { createServer, type ViteDevServer } from 'vite';
import { join } from 'node:path';
import { say, summary } from './console.ts';
import { fail, liveWith } from './lifetime.ts';
import { root } from './paths.ts';
import { seed } from './seed.ts';
import { readSettings, type Settings } from './settings.ts';
import { Stack } from './stack.ts';
import { watchSources } from './watch.ts';

async function servePage(settings: Settings): Promise<ViteDevServer> {
  const gateway = `http://127.0.0.1:${settings.port}`;
  const server = await createServer({
    root: join(root, 'apps/web'),
    logLevel: 'warn',
    server: { host: '127.0.0.1', port: 5173, proxy: { '/api': gateway, '/ws': { target: gateway.replace('http', 'ws'), ws: true } } },
  });
  return server.listen();
}

try {
  const settings = readSettings();
  const stack = new Stack(settings, say);
  await liveWith(stack, async () => {
    await stack.start();
    const demo = settings.seed && (await seed(settings, say));
    const page = await servePage(settings);
    watchSources(stack, say);
    process.stdout.write(summary(settings, demo, [`  develop  ${page.resolvedUrls?.local[0] ?? ''} (the page, reloaded as you type)`]));
  });
} catch (error) {
  fail(error);
  process.exit(1);
}
