/** What a service worker has of its browser, as far as ours uses it; the page's own types know nothing of it. */
type Waiting = Event & { waitUntil: (work: Promise<unknown>) => void };
export type WorkerClient = {
  readonly url: string;
  readonly focused: boolean;
  focus: () => Promise<unknown>;
  postMessage: (message: unknown) => void;
};
type WorkerEvents = {
  install: Waiting;
  activate: Waiting;
  fetch: Waiting & { readonly request: Request; respondWith: (response: Promise<Response>) => void };
  message: MessageEvent<unknown>;
  push: Waiting & { readonly data: { json: () => unknown } | null };
  notificationclick: Waiting & { readonly notification: Notification };
};
export type WorkerScope = {
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly navigator: Partial<Pick<Navigator, 'setAppBadge' | 'clearAppBadge'>>;
  readonly clients: {
    claim: () => Promise<void>;
    matchAll: (options: { type: 'window'; includeUncontrolled: boolean }) => Promise<readonly WorkerClient[]>;
    openWindow: (url: string) => Promise<unknown>;
  };
  skipWaiting: () => Promise<void>;
  addEventListener: <E extends keyof WorkerEvents>(event: E, listener: (event: WorkerEvents[E]) => void) => void;
};

export const worker = globalThis as unknown as WorkerScope;
