import type { Page } from 'playwright-core';
import { Promises, type Exchange } from './promises.ts';

const promises = new Promises();
const faults = new Set<string>();

/** What was answered and is not documented, since this was last asked. */
export function takeFaults(): string[] {
  const taken = [...faults];
  faults.clear();
  return taken;
}

export const told = (): string[] => promises.told;
export const seen = (): string[] => promises.seen;

function note(exchange: Exchange): void {
  for (const fault of promises.faultsOf(exchange)) faults.add(fault);
}

export function noteFrame(text: string): void {
  for (const fault of promises.faultsOfFrame(text)) faults.add(fault);
}

const typeOf = (headers: Headers): string => headers.get('content-type')?.split(';')[0]!.trim() ?? '';
const parsed = (text: string | null | undefined): unknown => {
  try {
    return text ? (JSON.parse(text) as unknown) : undefined;
  } catch {
    return undefined;
  }
};

/** Holds whatever `fetch` is answered by one of these gateways against the documents. */
export function watchFetch(gateways: readonly string[]): void {
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const reply = await fetch(input, init);
    const url = new URL(input instanceof Request ? input.url : input);
    if (!gateways.includes(url.origin) || !url.pathname.startsWith('/api/')) return reply;
    const type = typeOf(reply.headers);
    const text = /json$/.test(type) ? await reply.clone().text() : undefined;
    const sent = typeof init?.body === 'string' ? parsed(init.body) : undefined;
    note({ method: init?.method ?? 'GET', url, status: reply.status, type, body: parsed(text), sent });
    return reply;
  };
}

/** Holds whatever a page is answered and told against the documents. */
export function watchPage(page: Page): void {
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => noteFrame(String(payload))));
  page.on('response', (response) => {
    const url = new URL(response.url());
    const type = response.headers()['content-type']?.split(';')[0]!.trim() ?? '';
    if (!url.pathname.startsWith('/api/') || response.fromServiceWorker()) return;
    const request = response.request();
    const noteIt = (text?: string) =>
      note({ method: request.method(), url, status: response.status(), type, body: parsed(text), sent: parsed(request.postData()) });
    if (!/json$/.test(type)) noteIt();
    // A page that is left takes the bodies along that were on their way to it.
    else void response.text().then(noteIt, () => undefined);
  });
}
