import type { ClientRequest, IncomingMessage, request as httpRequest, RequestOptions } from 'node:http';

type Request = typeof httpRequest;

/** Makes requests that end when nothing comes for so long, be it while they connect, wait or read. */
export function withSilenceTimeout(request: Request, silentMs: number): Request {
  const ask = (options: RequestOptions, onAnswer?: (answer: IncomingMessage) => void): ClientRequest => {
    const asking = request({ ...options, timeout: silentMs }, onAnswer);
    return asking.on('timeout', () => asking.destroy(new Error(`the object store was silent for ${silentMs} ms`)));
  };
  return ask as Request;
}
