import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { seen, takeFaults, told, watchFetch } from './watch.ts';

/** Of every spec: what it is answered is as the documents say, or it fails. */
if (process.env['ATRIUM_URL']) {
  const { gateways } = await import('../support/stack.ts');
  watchFetch(gateways);
  // What a page is answered is listed with the rest. That it fails a test comes once all of it has been gone through.
  const isOfPage = expect.getState().testPath?.includes('/browser/') === true;
  const check = () => {
    if (!isOfPage) expect(takeFaults()).toEqual([]);
  };
  afterEach(check);
  afterAll(async () => {
    const folder = new URL('../coverage/documented/', import.meta.url);
    await mkdir(folder, { recursive: true });
    await writeFile(new URL(`${randomUUID()}.json`, folder), JSON.stringify({ told: told(), seen: seen() }));
    check();
  });
}
