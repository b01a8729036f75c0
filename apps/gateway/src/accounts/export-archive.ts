import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';

type Page = { items: readonly unknown[]; nextCursor: string | null };
type Content = Iterable<string> | AsyncIterable<string>;

/** A list as JSON Lines, asked for page by page as it is read. */
export async function* linesOf(next: (cursor: string | undefined) => Promise<Page>): AsyncGenerator<string> {
  for (let cursor: string | undefined; ;) {
    const { items, nextCursor } = await next(cursor);
    if (items.length > 0) yield items.map((item) => `${JSON.stringify(item)}\n`).join('');
    if (nextCursor === null) return;
    cursor = nextCursor;
  }
}

/** An archive that is made while it is read: one entry is begun when the one before it is out. Fails as its entries do. */
export function zipOf(entries: Readonly<Record<string, Content>>): Readable {
  const zip = new ZipFile();
  const archive = new PassThrough();
  const fail = (error: Error) => archive.destroy(error);
  zip.on('error', fail);
  for (const [name, content] of Object.entries(entries)) {
    zip.addReadStreamLazy(name, (give) => {
      const stream = Readable.from(content, { objectMode: false });
      stream.once('error', fail);
      archive.once('close', () => stream.destroy());
      give(null, stream);
    });
  }
  zip.outputStream.pipe(archive);
  zip.end();
  return archive;
}
