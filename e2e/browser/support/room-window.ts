import type { Locator } from 'playwright-core';
import type { Window } from './window.ts';

/** What a person does in a room that is open in a window. */
export class RoomWindow {
  constructor(private readonly window: Window) {}

  get header(): Locator {
    return this.window.page.locator('header').filter({ has: this.window.page.getByRole('heading', { level: 1 }) });
  }

  get timeline(): Locator {
    return this.window.page.getByRole('region', { name: 'Messages' });
  }

  get composer(): Locator {
    return this.window.page.getByRole('textbox', { name: /^Message / });
  }

  panel(name: string): Locator {
    return this.window.page.getByRole('complementary', { name, exact: true });
  }

  /** What the server has of the conversation, as far as it is on screen. */
  get messages(): Locator {
    return this.timeline.locator('[data-message-id]');
  }

  message(text: string | RegExp): Locator {
    return this.messages.filter({ hasText: text });
  }

  /** A message that is still on its way. */
  onItsWay(text: string): Locator {
    return this.timeline.getByRole('article', { name: 'Message on its way' }).filter({ hasText: text });
  }

  botSays(text: string | RegExp): Locator {
    return this.timeline.getByRole('article', { name: 'Message from Room bot' }).filter({ hasText: text });
  }

  /** What only this person sees. */
  note(text: string | RegExp): Locator {
    return this.timeline.getByRole('article', { name: 'Note for you alone' }).filter({ hasText: text });
  }

  async write(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Writes, and waits until the server has it. */
  async say(text: string): Promise<void> {
    await this.write(text);
    await this.message(text).waitFor();
  }

  /** Uses one of the actions that a message shows to whoever points at it. */
  async act(text: string, action: string): Promise<void> {
    await this.message(text).hover();
    await this.message(text).getByRole('button', { name: action, exact: true }).click();
  }

  async open(door: 'Pins' | 'Files' | 'Members' | 'Settings'): Promise<Locator> {
    await this.window.page.getByRole('navigation', { name: 'In this room' }).getByRole('link', { name: door }).click();
    await this.panel(door).waitFor();
    return this.panel(door);
  }

  /** Opens a file from the list of the room's files, which shows. */
  openFile(name: string): Promise<void> {
    return this.panel('Files').getByRole('list', { name: 'Files of this room' }).getByRole('link', { name }).click();
  }

  /** Drops files on the conversation, or wherever it is said, as from a file manager. */
  async drop(files: readonly { name: string; type: string; content: Uint8Array | string }[], on = this.timeline): Promise<void> {
    const packed = files.map(({ name, type, content }) => ({ name, type, base64: Buffer.from(content).toString('base64') }));
    const dataTransfer = await this.window.page.evaluateHandle((all) => {
      const carried = new DataTransfer();
      for (const { name, type, base64 } of all) {
        carried.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], name, { type }));
      }
      return carried;
    }, packed);
    for (const event of ['dragenter', 'dragover', 'drop']) await on.dispatchEvent(event, { dataTransfer });
  }
}
