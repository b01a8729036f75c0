import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { seen, takeFaults, told, watchFetch } from './watch.ts';

/** Of every spec: what it, or a page it opened, is answered is as the documents say, or it fails. */
if (process.env['ATRIUM_URL']) {
  const { gateways } = await import('../support/stack.ts');
  watchFetch(gateways);
  const check = () => expect(takeFaults()).toEqual([]);
  afterEach(check);
  afterAll(async () => {
    const folder = new URL('../coverage/documented/', import.meta.url);
    await mkdir(folder, { recursive: true });
    await writeFile(new URL(`${randomUUID()}.json`, folder), JSON.stringify({ told: told(), seen: seen() }));
    check();
  });
}
