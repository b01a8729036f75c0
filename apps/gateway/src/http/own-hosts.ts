import { AppError } from '@atrium/contracts';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { TrustedProxies } from './trusted-proxies.ts';

/** Every host is served: for who checks it in front of us. */
const ANY = '*';

/**
 * The names this door answers to. A page of another site may have its own name point here (DNS rebinding) and would
 * then be of our origin; so a name that nobody gave us is refused. An address cannot be pointed elsewhere.
 */
export class OwnHosts {
  private readonly publicHosts: ReadonlySet<string>;
  private readonly names: ReadonlySet<string>;

  constructor(
    publicHosts: readonly string[],
    private readonly proxies: TrustedProxies,
  ) {
    this.publicHosts = new Set(publicHosts);
    this.names = new Set(['localhost', hostname().toLowerCase(), ...publicHosts]);
  }

  /** @throws AppError `forbidden`, or `malformed_request` where several hosts are named */
  requireOwn(request: IncomingMessage): void {
    const host = this.proxies.hostOf(request);
    if (asksForSeveral(request)) throw new AppError('malformed_request', 'Name one host');
    if (!this.serves(host)) {
      throw new AppError('forbidden', 'This Atrium does not serve the host that was asked for; GATEWAY_PUBLIC_HOSTS names those it serves');
    }
    if (!this.isOwnOrigin(request.headers.origin, host)) throw new AppError('forbidden', 'This request comes from another site');
  }

  owns(request: IncomingMessage): boolean {
    const host = this.proxies.hostOf(request);
    return !asksForSeveral(request) && this.serves(host) && this.isOwnOrigin(request.headers.origin, host);
  }

  private serves(host: string | undefined): boolean {
    if (this.names.has(ANY)) return true;
    const name = hostnameOf(`http://${host ?? ''}`);
    return name !== undefined && (isIP(name.replace(/^\[|\]$/g, '')) !== 0 || name.endsWith('.localhost') || this.names.has(name));
  }

  /** A browser sends `Origin` with everything that another site could make it send; scripts and the SDK send none. */
  private isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
    if (origin === undefined) return true;
    if (host === undefined || !URL.canParse(origin)) return false;
    // A proxy may ask us under a name of its own.
    return new URL(origin).host === host.toLowerCase() || this.publicHosts.has(new URL(origin).hostname);
  }
}

/** A proxy may take one of them for the host, and Node takes the first (RFC 9112, 3.2). */
const asksForSeveral = ({ headersDistinct }: IncomingMessage) => (headersDistinct.host?.length ?? 0) > 1;

function hostnameOf(url: string): string | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  // `a@b` and `a/b` are not hosts, though they parse as addresses that have one.
  if (!parsed || parsed.username !== '' || parsed.pathname !== '/' || parsed.search !== '' || parsed.hash !== '') return undefined;
  return parsed.hostname;
}
