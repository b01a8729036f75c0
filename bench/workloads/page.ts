import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from 'playwright-core';
import { Histogram } from '../load/histogram.ts';

/** One figure of the page, and what it is meant to be. */
export type PageFigure = { what: string; value: string; goal: string };
type Options = {
  url: string;
  chromiumPath: string;
  /** Who opens the page, and whoever else writes in its rooms. */
  person: { username: string; password: string };
  /** A room of a few messages, and one of thousands, in both of which the person is. */
  smallRoomId: string;
  largeRoomId: string;
  /** Has somebody else say this in the small room; resolves with when it was sent. */
  say: (body: string) => Promise<void>;
};

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];
const VIEWPORT = { width: 1440, height: 900 };
/** What browsers call slow 3G: 400 kbit/s, 400 ms. */
const SLOW_3G = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const SCROLL_PX_PER_S = 3_000;
const SCROLL_S = 6;
const FRAME_MS = 1000 / 60;
const MESSAGES = '[data-message-id]';

/** What a person feels of the page, in a browser of this machine: loading, opening, writing, scrolling, staying. */
export async function page(options: Options): Promise<PageFigure[]> {
  const browser = await chromium.launch({ executablePath: options.chromiumPath, args: ARGS });
  try {
    const loaded = await loading(browser, options, await signIn(browser, options));
    return [...loaded.figures, ...(await living(browser, options, loaded.state))];
  } finally {
    await browser.close();
  }
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>;

async function signIn(browser: Browser, { url, person }: Options): Promise<State> {
  const context = await browser.newContext({ viewport: VIEWPORT, baseURL: url, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByRole('textbox', { name: 'Username or e-mail', exact: true }).fill(person.username);
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
  const state = await context.storageState();
  await context.close();
  return state;
}

/** With an empty cache each time, on this machine's own wire and on a slow one. */
async function loading(browser: Browser, options: Options, state: State): Promise<{ figures: PageFigure[]; state: State }> {
  const fast = await load(browser, options, state);
  const slow = await load(browser, options, fast.state, SLOW_3G);
  const figures = [
    { what: 'JavaScript of a room, compressed', value: kilobytes(fast.scriptBytes), goal: '≤ 200 kB' },
    { what: 'styles, compressed', value: kilobytes(fast.styleBytes), goal: '' },
    { what: 'first paint', value: milliseconds(fast.firstPaint), goal: '' },
    { what: 'a room can be read and written in', value: milliseconds(fast.usable), goal: '≤ 1,500 ms' },
    { what: 'first paint at 400 kbit/s and 400 ms', value: milliseconds(slow.firstPaint), goal: '' },
    { what: 'a room can be read and written in at 400 kbit/s and 400 ms', value: milliseconds(slow.usable), goal: '≤ 6,000 ms' },
  ];
  return { figures, state: slow.state };
}

async function load(browser: Browser, { url, smallRoomId }: Options, state: State, network?: typeof SLOW_3G) {
  const context = await browser.newContext({ viewport: VIEWPORT, baseURL: url, storageState: state, serviceWorkers: 'block' });
  const page = await context.newPage();
  if (network) await (await context.newCDPSession(page)).send('Network.emulateNetworkConditions', network);
  const began = performance.now();
  await page.goto(`/rooms/${smallRoomId}`, { waitUntil: 'commit' });
  await page.locator(MESSAGES).last().waitFor({ timeout: 60_000 });
  await page.getByRole('textbox', { name: /^Message / }).waitFor({ timeout: 60_000 });
  const usable = performance.now() - began;
  const found = await page.evaluate(() => {
    const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const bytesOf = (end: string) => resources.filter(({ name }) => name.endsWith(end)).reduce((all, one) => all + one.encodedBodySize, 0);
    return {
      scriptBytes: bytesOf('.js'),
      styleBytes: bytesOf('.css'),
      firstPaint: performance.getEntriesByName('first-paint')[0]!.startTime,
    };
  });
  // A session is renewed with each load: the next one needs what this one was given.
  const next = await context.storageState();
  await context.close();
  return { ...found, usable, state: next };
}

/** What is felt in a page that stays open. */
async function living(browser: Browser, options: Options, state: State): Promise<PageFigure[]> {
  const context = await browser.newContext({
    viewport: VIEWPORT,
    baseURL: options.url,
    storageState: state,
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable');
  await page.goto(`/rooms/${options.smallRoomId}`);
  await page.locator(MESSAGES).last().waitFor();
  const opened = await openings(page, options);
  const scrolled = await scroll(page, devtools);
  await openRoom(page, options.smallRoomId);
  const echo = await echoes(page);
  const arrival = await arrivals(page, devtools, options);
  const kept = await memory(page, devtools, options);
  await context.close();
  return [
    { what: 'a room of 2,500 messages opens, visited before', value: quantiles(opened), goal: 'p50 ≤ 300 ms' },
    { what: 'one’s own message is seen after Enter', value: quantiles(echo), goal: 'p50 ≤ 16 ms' },
    { what: 'somebody else’s message is seen after it was sent', value: quantiles(arrival.latencies), goal: '' },
    { what: 'main thread for each message that arrives', value: `${arrival.mainThreadMs.toFixed(1)} ms`, goal: '' },
    {
      what: `frames dropped, scrolling at ${SCROLL_PX_PER_S.toLocaleString('en')} px/s`,
      value: `${scrolled.dropped.toFixed(1)} %`,
      goal: '≤ 2 %',
    },
    { what: 'main thread for each message scrolled past', value: `${scrolled.mainThreadMs.toFixed(1)} ms`, goal: '' },
    { what: 'heap and DOM nodes after 500 messages that arrived', value: kept.before, goal: '' },
    { what: 'the same after 2,500', value: kept.after, goal: 'the same' },
  ];
}

/** From the click on a room in the rail until messages of it are in the page. @returns how long that took, in ms */
function openRoom(page: Page, roomId: string): Promise<number> {
  return page.evaluate(async (id) => {
    const of = () => document.querySelector<HTMLElement>('[data-virtuoso-scroller] [data-message-id]');
    const before = of();
    const began = performance.now();
    document.querySelector<HTMLElement>(`nav a[href="/rooms/${id}"]`)!.click();
    for (;;) {
      await new Promise(requestAnimationFrame);
      if (of() && !before?.isConnected) return performance.now() - began;
    }
  }, roomId);
}

async function openings(page: Page, { smallRoomId, largeRoomId }: Options): Promise<Histogram> {
  const found = new Histogram();
  await openRoom(page, largeRoomId);
  for (let i = 0; i < 10; i++) {
    await openRoom(page, smallRoomId);
    found.add(await openRoom(page, largeRoomId));
  }
  return found;
}

/** Through thousands of messages, as fast as a wheel turns. */
async function scroll(page: Page, devtools: CDPSession): Promise<{ dropped: number; mainThreadMs: number }> {
  const before = await metric(devtools, 'TaskDuration');
  const { frames, passed } = await page.evaluate(
    async ({ pxPerS, seconds }) => {
      const scroller = document.querySelector<HTMLElement>('[data-virtuoso-scroller]')!;
      const seen = new Set<string>();
      const frames: number[] = [];
      const began = performance.now();
      let last = await new Promise(requestAnimationFrame);
      while (performance.now() - began < seconds * 1000) {
        const now = await new Promise(requestAnimationFrame);
        frames.push(now - last);
        scroller.scrollTop -= ((now - last) / 1000) * pxPerS;
        last = now;
        for (const row of scroller.querySelectorAll<HTMLElement>('[data-message-id]')) seen.add(row.dataset['messageId']!);
      }
      return { frames, passed: seen.size };
    },
    { pxPerS: SCROLL_PX_PER_S, seconds: SCROLL_S },
  );
  const shown = frames.length;
  const due = frames.reduce((all, one) => all + Math.max(1, Math.round(one / FRAME_MS)), 0);
  const spent = ((await metric(devtools, 'TaskDuration')) - before) * 1000;
  return { dropped: (1 - shown / due) * 100, mainThreadMs: spent / passed };
}

/** From Enter until the message is in the next frame. */
async function echoes(page: Page): Promise<Histogram> {
  const found = new Histogram();
  const composer = page.getByRole('textbox', { name: /^Message / });
  for (let i = 0; i < 30; i++) {
    const text = `one's own message ${i}`;
    await composer.fill(text);
    await page.evaluate((wanted) => {
      const state = window as unknown as { echo?: Promise<number> };
      state.echo = new Promise((resolve) => {
        document.addEventListener(
          'keydown',
          () => {
            const began = performance.now();
            const look = () => {
              const rows = [...document.querySelectorAll('[data-virtuoso-scroller] article')];
              if (rows.some((row) => row.textContent.includes(wanted))) resolve(performance.now() - began);
              else requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
          },
          { once: true, capture: true },
        );
      });
    }, text);
    await composer.press('Enter');
    found.add(await page.evaluate(() => (window as unknown as { echo: Promise<number> }).echo));
  }
  return found;
}

/** From the moment somebody else sends until the text is in the page. */
async function arrivals(page: Page, devtools: CDPSession, { say }: Options): Promise<{ latencies: Histogram; mainThreadMs: number }> {
  const latencies = new Histogram();
  const tries = 30;
  const before = await metric(devtools, 'TaskDuration');
  for (let i = 0; i < tries; i++) {
    const text = `from somebody else ${i}.`;
    const seen = page.waitForFunction((wanted) => document.querySelector('[data-virtuoso-scroller]')?.textContent.includes(wanted), text);
    const began = performance.now();
    await Promise.all([say(text), seen]);
    latencies.add(performance.now() - began);
  }
  return { latencies, mainThreadMs: (((await metric(devtools, 'TaskDuration')) - before) * 1000) / tries };
}

/** What a busy room leaves behind in a page that stays at its end. */
async function memory(page: Page, devtools: CDPSession, { say }: Options): Promise<{ before: string; after: string }> {
  const hear = async (from: number, to: number) => {
    for (let i = from; i < to; i++) await say(`a busy room, ${i}.`);
    await page.waitForFunction(
      (wanted) => document.querySelector('[data-virtuoso-scroller]')?.textContent.includes(wanted),
      `a busy room, ${to - 1}.`,
    );
    await devtools.send('HeapProfiler.collectGarbage');
    const [heap, nodes] = [await metric(devtools, 'JSHeapUsedSize'), await metric(devtools, 'Nodes')];
    return `${(heap / 1e6).toFixed(1)} MB, ${nodes.toLocaleString('en')}`;
  };
  return { before: await hear(0, 500), after: await hear(500, 2_500) };
}

async function metric(devtools: CDPSession, name: string): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find((one) => one.name === name)!.value;
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;
const milliseconds = (ms: number) => `${Math.round(ms).toLocaleString('en')} ms`;
const quantiles = (found: Histogram) => `p50 ${found.percentile(50).toFixed(0)}, p95 ${found.percentile(95).toFixed(0)} ms`;
