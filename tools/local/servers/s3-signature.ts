import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface SignedRequest {
  method: string;
  /** As it came, with its query. */
  url: string;
  headers: IncomingHttpHeaders;
}
export interface S3Keys {
  accessKey: string;
  secretKey: string;
  region: string;
}
/** What a signature says of itself, in the header or in the query. */
interface Claims {
  credential: string;
  signedHeaders: string[];
  signature: string;
  date: string;
  payloadHash: string;
  /** From when until when it counts. */
  from: number;
  until: number;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const CLOCKS_DIFFER_MS = 15 * 60_000;
const LONGEST_S = 7 * 24 * 3600;

/**
 * Checks Signature Version 4 of Amazon's S3, in the header or in a presigned address. The bytes of a body are covered as
 * far as its hash is. @returns why the request is refused; undefined when it is signed with these keys and still counts
 */
export function signatureProblem(request: SignedRequest, keys: S3Keys, now = Date.now()): string | undefined {
  const [path = '', search = ''] = request.url.split(/\?(.*)/s);
  const query = [...new URLSearchParams(search)];
  const claims = presigned(query, request) ?? authorized(request);
  if (!claims) return 'the request is not signed';
  if (now < claims.from || !(now <= claims.until)) return 'the signature does not count now';
  const scope = `${claims.date.slice(0, 8)}/${keys.region}/s3/aws4_request`;
  if (claims.credential !== `${keys.accessKey}/${scope}`) return 'the signature is of other keys or for another region';
  const unsigned = unsignedHeader(request.headers, claims.signedHeaders);
  if (unsigned) return `the header ${unsigned} is not signed`;
  const canonical = [
    request.method,
    path,
    canonicalQuery(query),
    ...claims.signedHeaders.map((name) => `${name}:${headerOf(request.headers, name)}`),
    '',
    claims.signedHeaders.join(';'),
    claims.payloadHash,
  ].join('\n');
  const signed = [ALGORITHM, claims.date, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const expected = createHmac('sha256', signingKey(keys, claims.date.slice(0, 8)))
    .update(signed)
    .digest('hex');
  return isEqual(expected, claims.signature) ? undefined : 'the signature is wrong';
}

function presigned(query: [string, string][], { headers }: SignedRequest): Claims | undefined {
  const value = (name: string) => query.find(([key]) => key === name)?.[1] ?? '';
  if (value('X-Amz-Algorithm') !== ALGORITHM) return undefined;
  const expires = value('X-Amz-Expires');
  const seconds = /^\d{1,6}$/.test(expires) ? Math.min(Number(expires), LONGEST_S) : Number.NaN;
  const date = value('X-Amz-Date');
  return {
    credential: value('X-Amz-Credential'),
    signedHeaders: value('X-Amz-SignedHeaders').split(';'),
    signature: value('X-Amz-Signature'),
    date,
    payloadHash: value('X-Amz-Content-Sha256') || headerOf(headers, 'x-amz-content-sha256') || 'UNSIGNED-PAYLOAD',
    from: timeOf(date) - CLOCKS_DIFFER_MS,
    until: timeOf(date) + seconds * 1000,
  };
}

function authorized({ headers }: SignedRequest): Claims | undefined {
  const form = /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;
  const [, credential, signedHeaders, signature] = form.exec(headers.authorization ?? '') ?? [];
  if (!credential || !signedHeaders || !signature) return undefined;
  const date = headerOf(headers, 'x-amz-date');
  return {
    credential,
    signedHeaders: signedHeaders.split(';'),
    signature,
    date,
    payloadHash: headerOf(headers, 'x-amz-content-sha256'),
    from: timeOf(date) - CLOCKS_DIFFER_MS,
    until: timeOf(date) + CLOCKS_DIFFER_MS,
  };
}

/** What decides where a request goes and what it does must be under the signature, or whoever holds one could add to it. */
function unsignedHeader(headers: IncomingHttpHeaders, signed: string[]): string | undefined {
  return ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))].find((name) => !signed.includes(name));
}

const headerOf = (headers: IncomingHttpHeaders, name: string) =>
  String(headers[name] ?? '')
    .trim()
    .replace(/\s+/g, ' ');

function canonicalQuery(query: [string, string][]): string {
  return query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${strictly(name)}=${strictly(value)}`)
    .sort()
    .join('&');
}

const strictly = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

function timeOf(date: string): number {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(date)?.slice(1).map(Number);
  if (!parts) return Number.NaN;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function signingKey({ secretKey, region }: S3Keys, day: string): Buffer {
  const next = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  return next(next(next(next(`AWS4${secretKey}`, day), region), 's3'), 'aws4_request');
}

function isEqual(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
