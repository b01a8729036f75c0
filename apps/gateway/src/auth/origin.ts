import type { IncomingMessage } from 'node:http';

/**
 * Whether a request comes from our own page, or from no page at all. A browser sends `Origin` with everything that
 * another site could make it send; scripts and the SDK send none.
 */
export function isOwnOrigin(request: Pick<IncomingMessage, 'headers'>, host: string | undefined): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return true;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
