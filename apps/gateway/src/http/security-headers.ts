import type { FastifyRequest } from 'fastify';

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

/** Answers are data; nothing in them may run or be framed. */
const API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const PAGE_POLICY = pagePolicy([]);
/** Swagger's page carries its pictures and some styles inline. */
const DOCS_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

export function securityHeaders(request: FastifyRequest): Record<string, string> {
  // The route that answers, not the address as written: that may spell its letters as %61.
  const path = request.routeOptions.url ?? request.url;
  const isApi = path.startsWith('/api');
  const isDocs = path.startsWith('/api/docs');
  return {
    ...EVERYWHERE,
    'content-security-policy': isDocs ? DOCS_POLICY : isApi ? API_POLICY : PAGE_POLICY,
    ...(isApi && !isDocs ? { 'cache-control': 'no-store' } : {}),
    ...(request.protocol === 'https' ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

/**
 * Mantine writes styles at run time. A picture of another host would tell that host who reads what, and when.
 * @param scripts the scripts that stand in a document, as `'sha256-…'`
 */
export function pagePolicy(scripts: readonly string[]): string {
  return [
    "default-src 'self'",
    ["script-src 'self'", ...scripts].join(' '),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "frame-src 'self' blob:",
    "media-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
