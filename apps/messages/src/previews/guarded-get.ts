import { AddressGuard } from '@atrium/service-kit';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const HEADERS = {
  'user-agent': 'Mozilla/5.0 (compatible; Atrium-Preview)',
  'accept-encoding': 'gzip, deflate, br',
  'accept-language': 'en',
};
const DECODERS: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** `whole: false` where more came than was wanted. */
export type Got = { url: URL; contentType: string; bytes: Buffer; whole: boolean };
type Wanted = { accept: string; mostBytes: (contentType: string) => number; signal: AbortSignal };

/** Why an address shows nothing. */
export class NothingThereError extends Error {}

/**
 * Gets what stands at an address that somebody wrote, from addresses that the guard allows alone, wherever it redirects.
 * @throws NothingThereError, InnerAddressError, or what the network throws
 */
export class GuardedGet {
  constructor(private readonly guard: AddressGuard) {}

  async get(address: URL, wanted: Wanted): Promise<Got> {
    let url = address;
    for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
      const reply = await this.ask(url, wanted);
      const { location } = reply.headers;
      if (REDIRECTS.has(reply.statusCode ?? 0) && location !== undefined) {
        reply.destroy();
        url = nextPlace(url, location);
        continue;
      }
      if (reply.statusCode !== 200) {
        reply.destroy();
        throw new NothingThereError(`it answered ${reply.statusCode}`);
      }
      return { url, ...(await read(reply, wanted)) };
    }
    throw new NothingThereError(`it redirects more than ${MOST_REDIRECTS} times`);
  }

  private ask(url: URL, { accept, signal }: Wanted): Promise<IncomingMessage> {
    this.guard.checkHost(url);
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      request(url, { headers: { ...HEADERS, accept }, signal, agent: false, lookup: this.guard.lookup }, resolve)
        .once('error', reject)
        .end();
    });
  }
}

function nextPlace(from: URL, location: string): URL {
  if (!URL.canParse(location, from.href)) throw new NothingThereError('it redirects to what is no address');
  const to = new URL(location, from);
  if (to.protocol !== 'https:' && to.protocol !== 'http:') throw new NothingThereError(`it redirects to ${to.protocol}`);
  return to;
}

/** As much as is wanted, counted once it is unpacked: a small reply can unpack to a large one. */
async function read(reply: IncomingMessage, { mostBytes }: Wanted): Promise<Omit<Got, 'url'>> {
  const contentType = (reply.headers['content-type'] ?? '').toLowerCase();
  const most = mostBytes(contentType);
  if (most === 0) {
    reply.destroy();
    throw new NothingThereError(`it is of the type ${contentType}`);
  }
  const decoder = DECODERS[(reply.headers['content-encoding'] ?? '').toLowerCase()]?.();
  // What ends the one ends the other; the loop below hears of errors.
  const source = decoder ? pipeline(reply, decoder, () => undefined) : reply;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > most) break;
  }
  reply.destroy();
  return { contentType, bytes: Buffer.concat(chunks).subarray(0, most), whole: length <= most };
}
