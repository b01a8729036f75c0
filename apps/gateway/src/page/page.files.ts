import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';
/** `scripts`: what a document runs that stands in it, as sources of a policy. */
export type PageFile = { type: string; etag: string; immutable: boolean; bodies: Map<Encoding, Buffer>; scripts: string[] };
type Cached = PageFile & { mtimeMs: number };

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};
const COMPRESSIBLE = /^(text\/|application\/(json|manifest|wasm)|image\/svg)/;
/** Bundlers put a hash into the names of what never changes. */
const HASHED = /[-.][\w-]{8,}\.\w+$/;
const MIN_COMPRESSED_BYTES = 1024;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** The built page's files, read and compressed once each and kept; a changed file is read again. */
export class PageFiles {
  private readonly root: string;
  private readonly cache = new Map<string, Promise<Cached>>();

  constructor(directory: string) {
    this.root = resolve(directory);
  }

  /** The file at a path of the page, or undefined. Never leaves the directory. */
  async find(path: string): Promise<PageFile | undefined> {
    const full = resolve(join(this.root, decodePath(path)));
    if (full !== this.root && !full.startsWith(this.root + sep)) return undefined;
    const found = await stat(full).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const cached = await this.cache.get(full);
    if (cached?.mtimeMs === found.mtimeMs) return cached;
    const fresh = this.load(full, found.mtimeMs);
    this.cache.set(full, fresh);
    return fresh;
  }

  private async load(full: string, mtimeMs: number): Promise<Cached> {
    const body = await readFile(full);
    const type = TYPES[extname(full)] ?? 'application/octet-stream';
    const { etag, bodies } = await packed(body, type, async (ending) => readFile(`${full}.${ending}`).catch(() => undefined));
    const scripts = extname(full) === '.html' ? sourcesOf(body.toString()) : [];
    return { type, etag, bodies, scripts, mtimeMs, immutable: full.includes(`${sep}assets${sep}`) && HASHED.test(full) };
  }
}

/**
 * What is sent again and again as it is, packed once, with a tag by which a client knows that it has it.
 *
 * @param ready what was packed before, by the ending of its name
 */
export async function packed(
  body: Buffer,
  type: string,
  ready: (ending: 'br' | 'gz') => Promise<Buffer | undefined> = async () => undefined,
): Promise<Pick<PageFile, 'etag' | 'bodies'>> {
  const bodies = new Map<Encoding, Buffer>([['identity', body]]);
  if (COMPRESSIBLE.test(type) && body.length >= MIN_COMPRESSED_BYTES) {
    const level = { params: { [constants.BROTLI_PARAM_QUALITY]: 7, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } };
    bodies.set('br', (await ready('br')) ?? (await brotli(body, level)));
    bodies.set('gzip', (await ready('gz')) ?? (await zip(body)));
  }
  return { etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`, bodies };
}

/** The scripts in a document by their hashes, as https://www.w3.org/TR/CSP3/ has them. */
function sourcesOf(html: string): string[] {
  return [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(
    ([, script]) => `'sha256-${createHash('sha256').update(script!).digest('base64')}'`,
  );
}

function decodePath(path: string): string {
  try {
    const decoded = decodeURIComponent(path);
    return decoded.includes('\0') ? '' : decoded;
  } catch {
    return '';
  }
}
