import { AppError } from '@atrium/contracts';

/** An OpenAI-compatible endpoint: its base address, the model it is asked for, and the key, where it wants one. */
export type EndpointSettings = { url: string; model: string; key?: string };

type Call<T> = { path: string; body: object; timeoutMs: number; mostBytes: number; away: string; read(reply: unknown): T };

/** One request to an endpoint. Whatever fails there, or does not read as it should, means that it is away. */
export async function post<T>({ url, model, key }: EndpointSettings, call: Call<T>): Promise<T> {
  try {
    const response = await fetch(`${url.replace(/\/$/, '')}/${call.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
      body: JSON.stringify({ model, ...call.body }),
      signal: AbortSignal.timeout(call.timeoutMs),
      redirect: 'error',
    });
    if (!response.ok) throw new Error(`the endpoint answered ${response.status}`);
    return call.read(JSON.parse(await readLimited(response, call.mostBytes)));
  } catch (error) {
    throw new AppError('service_unavailable', call.away, { retryAfterSeconds: 10 }, { cause: error });
  }
}

async function readLimited(response: Response, mostBytes: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > mostBytes) throw new Error(`the reply is longer than ${mostBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
