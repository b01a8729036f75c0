declare global {
  interface Window {
    /** What early-requests.js asked for while this code was on its way, by method and path. */
    earlyRequests?: Map<string, Promise<Response>>;
  }
}

/** Like `fetch`, but what was asked for early is not asked for twice: each answer is taken once, a refusal to read never. */
export const fetchOrTakeEarly: typeof fetch = async (target, init) => {
  const { origin } = window.location;
  const path = typeof target === 'string' && target.startsWith(origin) ? target.slice(origin.length) : undefined;
  const key = `${init?.method ?? 'GET'} ${path}`;
  const early = window.earlyRequests?.get(key);
  if (!early) return fetch(target, init);
  window.earlyRequests?.delete(key);
  const reply = await Promise.race([early, abortOf(init?.signal)]).catch(() => undefined);
  init?.signal?.throwIfAborted();
  return reply && (reply.ok || init?.method === 'POST') ? reply : fetch(target, init);
};

/** What nobody took is old once the socket tells what happens. */
export function forgetEarlyRequests(): void {
  delete window.earlyRequests;
}

function abortOf(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
}
