import { randomUUID } from 'node:crypto';
import { readdirSync, type Dirent } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir, unlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';

/** What is used of the package's store, which ships no types. */
interface Store {
  getBucketPath(bucket: string): string;
  getResourcePath(bucket: string, key: string | undefined, resource: string): string;
  putContent(path: string, content: NodeJS.ReadableStream | Buffer): Promise<[size: number, md5: string]>;
  putMetadata(bucket: string, key: string, metadata: object, md5: string): Promise<void>;
  putObject(object: StoredObject): Promise<{ size: number; md5: string }>;
  deleteObject(bucket: string, key: string): Promise<void>;
}
type StoredObject = { bucket: string; key: string; content: NodeJS.ReadableStream | Buffer; metadata: object };
type Walk = (folder: string, enters?: (folder: string) => boolean) => Generator<string>;

const PACKAGE = '@20minutes/s3rver/lib';
type Cipher = (cipher: string, key: Buffer, iv: Buffer, ...rest: unknown[]) => unknown;
type Crypto = { createCipheriv: Cipher; createDecipheriv: Cipher };

/** What the package adds to the name of each of the files that an object is kept in. */
const OF_OBJECT = /\._S3rver_[a-z0-9.]+$/;
const UPLOADS = '._S3rver_uploads';
/** How often a folder may be removed in the moment in which something is put into it. */
const TRIES = 20;

/**
 * Changes what the package's store does in ways that lose objects: it removed the folder of the last object with whatever
 * was just being put there, showed objects that were half written, refused to list while something was removed, and could
 * not go on with a list of more than a thousand. To be called before the package is loaded, since its parts take each
 * other's functions when they are.
 */
export function mendStore(): void {
  const require = createRequire(import.meta.url);
  knowDes(require('node:crypto') as Crypto);
  (require(`${PACKAGE}/utils`) as { walk: Walk }).walk = walk;
  const { prototype } = require(`${PACKAGE}/stores/filesystem`) as { prototype: Store };

  prototype.putObject = async function putObject({ bucket, key, content, metadata }) {
    const unfinished = join(this.getBucketPath(bucket), UPLOADS, randomUUID());
    await mkdir(dirname(unfinished), { recursive: true });
    try {
      // Of a buffer the package says that it is written before it is.
      const [size, md5] = await this.putContent(unfinished, Buffer.isBuffer(content) ? Readable.from([content]) : content);
      const path = this.getResourcePath(bucket, key, 'object');
      await inFolder(dirname(path), async () => {
        await this.putMetadata(bucket, key, metadata, md5);
        await rename(unfinished, path);
      });
      return { size, md5 };
    } finally {
      await rm(unfinished, { force: true });
    }
  };

  prototype.deleteObject = async function deleteObject(bucket, key) {
    for (const resource of ['object', 'object.md5', 'metadata.json'])
      await unlink(this.getResourcePath(bucket, key, resource)).catch(unlessGone);
    for (let folders = key.split('/').slice(0, -1); folders.length > 0; folders = folders.slice(0, -1))
      if (!(await isRemoved(join(this.getBucketPath(bucket), ...folders)))) return;
  };
}

/** The package hides where a list goes on with DES, which OpenSSL does not know any more. Nothing secret is in it. */
function knowDes(crypto: Crypto): void {
  const twice = (bytes: Buffer) => Buffer.concat([bytes, bytes]);
  for (const name of ['createCipheriv', 'createDecipheriv'] as const) {
    const known = crypto[name];
    crypto[name] = (cipher, key, iv, ...rest) =>
      cipher === 'des' ? known('aes-128-cbc', twice(key), twice(iv)) : known(cipher, key, iv, ...rest);
  }
}

/** What was being put when the server was killed is nobody's. */
export async function forgetUnfinished(bucketFolder: string): Promise<void> {
  const folder = join(bucketFolder, UPLOADS);
  const entries = (await readdir(folder, { withFileTypes: true }).catch(unlessGone)) ?? [];
  await Promise.all(entries.filter((entry) => entry.isFile()).map(({ name }) => rm(join(folder, name), { force: true })));
}

/** A folder that holds something else stays, and so does what it stands in. */
async function isRemoved(folder: string): Promise<boolean> {
  try {
    await rmdir(folder);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(String(codeOf(error)))) return false;
    throw error;
  }
}

async function inFolder(folder: string, put: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    await mkdir(folder, { recursive: true });
    try {
      return await put();
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || tries === TRIES) throw error;
    }
  }
}

/** Every file below a folder, in the order of the keys, by which a list goes on; what goes while one looks was not there. */
function* walk(folder: string, enters?: (folder: string) => boolean): Generator<string> {
  const entries = orNothing(() => readdirSync(folder, { withFileTypes: true })) ?? [];
  const inOrder = entries.map((entry) => ({ entry, key: keyOf(entry) })).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  for (const { entry } of inOrder) {
    const path = `${folder}/${entry.name}`;
    if (entry.isFile()) yield path;
    else if (entry.isDirectory() && (!enters || enters(path))) yield* walk(path, enters);
  }
}

/** What an entry of a folder adds to the keys of what it is or holds. */
const keyOf = (entry: Dirent): string => (entry.isDirectory() ? `${entry.name}/` : entry.name.replace(OF_OBJECT, ''));

function orNothing<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    return unlessGone(error);
  }
}

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code;

function unlessGone(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}
