import { AtriumError } from '../errors.ts';
import type { Session } from './session.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
type QueryValue = string | number | boolean | undefined;
export type RequestOptions = {
  query?: Record<string, QueryValue>;
  body?: unknown;
  headers?: Record<string, string>;
  /** Sent as it is, without a token, and never refreshed: what signing in itself uses. */
  anonymous?: boolean;
  /** Sent again a few times when the server is too busy for it: only for what may be done twice. */
  repeatWhenBusy?: boolean;
  timeoutMs?: number;
  signal?: AbortSignal;
};

export const REQUEST_TIMEOUT_MS = 10_000;
const BUSY_REPEATS = 4;
/** Who is told to wait for longer has to be told. */
const LONGEST_BUSY_WAIT_S = 5;

/** One request: address, token, timeout, errors. Everything typed sits on top of it. */
export class Transport {
  constructor(
    readonly baseUrl: string,
    private readonly by: { fetch: typeof globalThis.fetch; language?: (() => string) | undefined },
    private readonly session: () => Session,
  ) {}

  url(path: string, query: Record<string, QueryValue> = {}): string {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
    const suffix = search.size > 0 ? `?${search}` : '';
    return `${this.baseUrl}${path}${suffix}`;
  }

  /** The reply's JSON; `undefined` for an empty one. */
  async request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
    const reply = await this.open(method, path, options);
    if (reply.status === 204) return undefined as T;
    const text = await readText(reply);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** The reply itself, once its status says that it is good. A refused token is replaced and tried once more. */
  async open(method: Method, path: string, options: RequestOptions = {}): Promise<Response> {
    for (let repeats = options.repeatWhenBusy ? BUSY_REPEATS : 0; ; repeats--) {
      try {
        return await this.#open(method, path, options);
      } catch (error) {
        const waitMs = busyWaitMs(error);
        if (repeats === 0 || waitMs === undefined || options.signal?.aborted) throw error;
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }

  async #open(method: Method, path: string, options: RequestOptions): Promise<Response> {
    if (options.anonymous) return this.#checked(await this.#send(method, path, options, undefined));
    const session = this.session();
    const token = await session.token();
    const reply = await this.#send(method, path, options, token);
    if (reply.status !== 401) return this.#checked(reply);
    const fresh = session.currentToken !== token && session.currentToken !== undefined ? session.currentToken : await session.refresh();
    return this.#checked(await this.#send(method, path, options, fresh));
  }

  async #send(method: Method, path: string, options: RequestOptions, token: string | undefined): Promise<Response> {
    const headers: Record<string, string> = { ...options.headers };
    if (this.by.language) headers['accept-language'] = this.by.language();
    if (token !== undefined) headers.authorization = `Bearer ${token}`;
    const asItIs = options.body instanceof FormData || options.body instanceof Blob;
    if (options.body !== undefined && !asItIs) headers['content-type'] = 'application/json';
    const timeout = AbortSignal.timeout(options.timeoutMs ?? REQUEST_TIMEOUT_MS);
    const signal = options.signal ? AbortSignal.any([timeout, options.signal]) : timeout;
    const init: RequestInit = { method, headers, signal, credentials: 'same-origin' };
    if (options.body !== undefined) init.body = asItIs ? (options.body as FormData | Blob) : JSON.stringify(options.body);
    try {
      return await this.by.fetch(this.url(path, options.query), init);
    } catch (error) {
      if (options.signal?.aborted) throw AtriumError.local('aborted', error);
      throw AtriumError.local(timeout.aborted ? 'timeout' : 'network', error);
    }
  }

  async #checked(reply: Response): Promise<Response> {
    if (reply.ok) return reply;
    throw AtriumError.fromProblem(reply.status, parseJson(await readText(reply)), reply.headers);
  }
}

/** How long a server that is busy asks to be left alone, give or take half, so that a crowd does not come back as one. */
function busyWaitMs(error: unknown): number | undefined {
  const { status, retryAfterSeconds } = AtriumError.from(error);
  if (status !== 503 || retryAfterSeconds === undefined || retryAfterSeconds > LONGEST_BUSY_WAIT_S) return undefined;
  return retryAfterSeconds * 1000 * (0.5 + Math.random());
}

async function readText(reply: Response): Promise<string> {
  try {
    return await reply.text();
  } catch (error) {
    throw AtriumError.local('network', error);
  }
}

/** A problem document, or nothing when the body is not JSON (a proxy's page). */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
