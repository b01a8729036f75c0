import { randomUUID } from 'node:crypto';
import { onCleanup } from '@atrium/testing';
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';
import { watchPage } from '../../documented/watch.ts';
import { PASSWORD } from '../../support/person.ts';
import { url } from '../../support/stack.ts';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** A loaded machine with two cores is slow, not broken. */
const PATIENCE_MS = 30_000;

let browser: Promise<Browser> | undefined;
const windows: Window[] = [];

/** Every window this suite has opened. */
export const openWindows = (): readonly Window[] => windows;

/** One browser for a whole suite, ended with it. */
function theBrowser(): Promise<Browser> {
  if (!browser) {
    browser = chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] || '/usr/bin/chromium', args: ARGS });
    onCleanup(async () => (await browser)?.close());
  }
  return browser;
}

/** A browser of one's own, with cookies nobody else has, and what a person does with the page in it. */
export class Window {
  /** What the page complained about: errors and warnings in the console, and errors nobody caught. */
  readonly complaints: string[] = [];

  private constructor(readonly page: Page) {
    watchPage(page);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(`${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  /** @param options.keepsPage whether the browser lets the page be kept on it: what is kept answers before the server does */
  static async open({ keepsPage = false, ...options }: BrowserContextOptions & { keepsPage?: boolean } = {}): Promise<Window> {
    const context = await (
      await theBrowser()
    ).newContext({
      baseURL: url,
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
      reducedMotion: 'reduce',

      ...options,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    if (!keepsPage) await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
    const window = new Window(await context.newPage());
    windows.push(window);
    return window;
  }

  async go(path: string): Promise<void> {
    await this.page.goto(path);
  }

  /** Makes an account by the form. @returns its username */
  async register(displayName: string): Promise<string> {
    const username = `${displayName.toLowerCase()}-${randomUUID().slice(0, 8)}`;
    await this.go('/register');
    await this.field('Username').fill(username);
    await this.field('Display name').fill(displayName);
    await this.field('Password').fill(PASSWORD);
    await this.press('Create account');
    await this.heading('Discover rooms').waitFor();
    return username;
  }

  /** Signs in by the form, wherever the page asked for it. */
  async signIn(username: string): Promise<void> {
    await this.field('Username or e-mail').fill(username);
    await this.field('Password').fill(PASSWORD);
    await this.press('Sign in');
    await this.heading('Sign in').waitFor({ state: 'detached' });
  }

  field(label: string): Locator {
    return this.page.getByRole('textbox', { name: label, exact: true });
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { name });
  }

  press(button: string): Promise<void> {
    return this.page.getByRole('button', { name: button, exact: true }).click();
  }

  /** Oneself, with what one is up to or has left; opens the menu. */
  get account(): Locator {
    return this.page.getByRole('button', { name: /^Your account/ });
  }

  follow(link: string | RegExp): Promise<void> {
    return this.page.getByRole('link', { name: link }).click();
  }

  sees(text: string | RegExp): Promise<void> {
    return this.page.getByText(text).first().waitFor();
  }

  at(path: string | RegExp): Promise<void> {
    return this.page.waitForURL(path);
  }

  get path(): string {
    return new URL(this.page.url()).pathname;
  }
}
