import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { signatureProblem, type S3Keys } from './s3-signature.ts';

/** Parts of letters, digits, dots and hyphens that begin with a letter or digit: no `..`, nothing encoded, nothing of the server's own. */
const PLAIN_KEY = /^[A-Za-z0-9][A-Za-z0-9.-]*(\/[A-Za-z0-9][A-Za-z0-9.-]*)*$/;

/**
 * Stands before the S3 server, which believes anybody and any path: passes on what is signed with our keys, on our bucket,
 * for a plain key. @param rules.bucket the only bucket there is
 */
export function s3Front(server: RequestListener, rules: S3Keys & { bucket: string }, abort: AbortMultipart): RequestListener {
  return (request, response) => {
    const problem = refusalOf(request, rules);
    if (problem !== undefined) return refuse(request, response, problem);
    const aborted = request.method === 'DELETE' ? queryOf(request).get('uploadId') : null;
    if (aborted === null) return server(request, response);
    abort(aborted).then(
      () => response.writeHead(204).end(),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  };
}

/** Forgets the parts of a multipart upload, which the server knows how to take and not how to drop. */
export type AbortMultipart = (multipartId: string) => Promise<void>;

const queryOf = ({ url = '' }: IncomingMessage) => new URLSearchParams(url.split(/\?(.*)/s)[1] ?? '');
/** As the server makes them; they name a folder. */
const MULTIPART_ID = /^[0-9a-f]{32}$/;

/** What is posted to an object is the beginning or the end of a multipart upload. */
function isMultipart(request: IncomingMessage): boolean {
  const query = queryOf(request);
  return query.has('uploads') || query.has('uploadId');
}

function refusalOf(request: IncomingMessage, rules: S3Keys & { bucket: string }): string | undefined {
  const { method = '', url = '', headers } = request;
  const [path = '', search = ''] = url.split(/\?(.*)/s);
  const [, bucket, key = ''] = /^\/([^/]*)(?:\/(.*))?$/s.exec(path) ?? [];
  if (bucket !== rules.bucket) return `there is nothing here but the bucket ${rules.bucket}`;
  if (key !== '' && !PLAIN_KEY.test(key)) return 'the key is not a plain one';
  const methods = key === '' ? ['GET', 'HEAD', 'PUT'] : ['GET', 'HEAD', 'PUT', 'DELETE', ...(isMultipart(request) ? ['POST'] : [])];
  if (!methods.includes(method)) return `${method} is not for this`;
  const multipartId = queryOf(request).get('uploadId');
  if (multipartId !== null && !MULTIPART_ID.test(multipartId)) return 'there is no such multipart upload';
  if ('x-amz-copy-source' in headers) return 'objects are not copied here';
  if ([...new URLSearchParams(search).values()].some((value) => value.split(/[/\\]/).includes('..')))
    return 'the query names another place';
  return signatureProblem({ method, url, headers }, rules);
}

function refuse(request: IncomingMessage, response: ServerResponse, problem: string): void {
  // Whatever else the refused one sends is not worth reading.
  response.writeHead(403, { 'content-type': 'application/xml', connection: 'close' });
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access denied: ${problem}</Message></Error>`;
  response.end(request.method === 'HEAD' ? undefined : body);
}
