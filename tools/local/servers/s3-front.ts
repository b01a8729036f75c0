import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { signatureProblem, type S3Keys } from './s3-signature.ts';

/** Parts of letters, digits, dots and hyphens that begin with a letter or digit: no `..`, nothing encoded, nothing of the server's own. */
const PLAIN_KEY = /^[A-Za-z0-9][A-Za-z0-9.-]*(\/[A-Za-z0-9][A-Za-z0-9.-]*)*$/;

/**
 * Stands before the S3 server, which believes anybody and any path: passes on what is signed with our keys, on our bucket,
 * for a plain key. @param rules.bucket the only bucket there is
 */
export function s3Front(server: RequestListener, rules: S3Keys & { bucket: string }): RequestListener {
  return (request, response) => {
    const problem = refusalOf(request, rules);
    if (problem === undefined) return server(request, response);
    refuse(request, response, problem);
  };
}

function refusalOf(request: IncomingMessage, rules: S3Keys & { bucket: string }): string | undefined {
  const { method = '', url = '', headers } = request;
  const [path = '', search = ''] = url.split(/\?(.*)/s);
  const [, bucket, key = ''] = /^\/([^/]*)(?:\/(.*))?$/s.exec(path) ?? [];
  if (bucket !== rules.bucket) return `there is nothing here but the bucket ${rules.bucket}`;
  if (key !== '' && !PLAIN_KEY.test(key)) return 'the key is not a plain one';
  if (!(key === '' ? ['GET', 'HEAD', 'PUT'] : ['GET', 'HEAD', 'PUT', 'DELETE']).includes(method)) return `${method} is not for this`;
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
