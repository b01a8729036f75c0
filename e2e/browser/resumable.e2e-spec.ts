import { createHash, randomBytes } from 'node:crypto';
import type { FileRecord, Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import type { Route } from 'playwright-core';
import { CutLine } from '../support/cut-line.ts';
import { Person } from '../support/person.ts';
import { url } from '../support/stack.ts';
import { RoomWindow } from './support/room-window.ts';
import { aStory } from './support/story.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

const MiB = 1024 * 1024;
/** Large enough to go up in a way that can be broken off. */
const BIG = 6 * MiB;

describe('a large file', () => {
  const step = aStory('a-large-file');
  let line: CutLine;
  let ann: Person;
  let room: Room;
  let window: Window;
  let here: RoomWindow;
  const tray = () => window.page.getByRole('list', { name: 'Attachments' });
  const choose = (name: string, buffer: Buffer) =>
    window.page.getByLabel('Files to attach').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  const sent = async (name: string) => {
    const { items } = await ann.do<{ items: FileRecord[] }>('GET', `/api/rooms/${room.id}/files`);
    return items.find((file) => file.name === name)?.sha256;
  };
  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

  beforeAll(async () => {
    line = await CutLine.to(url);
    ann = await Person.register('ann');
    room = await ann.createRoom({ name: 'Archive' });
    window = await Window.open({ baseURL: line.url });
    here = new RoomWindow(window);
    await window.go('/sign-in');
    await window.signIn(ann.user.username);
    await window.go(`/rooms/${room.id}`);
    await here.composer.waitFor();
  }, 90_000);

  step('goes on by itself when the line that broke is there again', async () => {
    const bytes = randomBytes(BIG);
    line.cutAfter(3 * MiB);
    await choose('broken.bin', bytes);
    await tray().getByText('Goes on once the network is back').waitFor();
    line.mend();
    await tray().getByRole('button', { name: 'Remove broken.bin' }).waitFor();
    await here.composer.fill('Here is the archive');
    await here.composer.press('Enter');
    await here
      .message('Here is the archive')
      .getByRole('link', { name: /broken\.bin/ })
      .waitFor();
    expect(await sent('broken.bin')).toBe(sha256(bytes));
  });

  step('goes on after a reload, where it was broken off', async () => {
    const bytes = randomBytes(BIG);
    const offsets: number[] = [];
    let isHeld = true;
    const take = (route: Route) => {
      if (route.request().method() !== 'PATCH') return route.continue();
      if (isHeld) return route.abort();
      offsets.push(Number(route.request().headers()['upload-offset']));
      return route.continue();
    };
    line.cutAfter(3 * MiB);
    await choose('reloaded.bin', bytes);
    await tray().getByText('Goes on once the network is back').waitFor();
    await window.page.route('**/api/rooms/*/uploads/*', take);
    line.mend();
    await window.page.reload();
    await tray().getByText('Goes on once the network is back').waitFor();
    isHeld = false;
    await tray().getByRole('button', { name: 'Remove reloaded.bin' }).waitFor();
    expect(offsets[0]).toBeGreaterThan(0);
    await here.composer.fill('And another');
    await here.composer.press('Enter');
    await here
      .message('And another')
      .getByRole('link', { name: /reloaded\.bin/ })
      .waitFor();
    expect(await sent('reloaded.bin')).toBe(sha256(bytes));
    await window.page.unroute('**/api/rooms/*/uploads/*', take);
  });

  step('takes the message that waits for it along, also when the page is reloaded meanwhile', async () => {
    let isHeld = true;
    const hold = (route: Route) => (isHeld && route.request().method() === 'PATCH' ? route.abort() : route.continue());
    await window.page.route('**/api/rooms/*/uploads/*', hold);
    await choose('awaited.bin', randomBytes(BIG));
    await tray().getByText('Goes on once the network is back').waitFor();
    await here.composer.fill('Goes by itself');
    await here.composer.press('Enter');
    await window.page.getByText('Sends when the upload is done').waitFor();
    await window.page.reload();
    await window.page.getByText('Sends when the upload is done').waitFor();
    expect(await here.message('Goes by itself').count()).toBe(0);
    isHeld = false;
    await here
      .message('Goes by itself')
      .getByRole('link', { name: /awaited\.bin/ })
      .waitFor();
    expect(await here.composer.inputValue()).toBe('');
    await window.page.unroute('**/api/rooms/*/uploads/*', hold);
  });

  step('says what to do when a reload has lost a small one that the message waits for', async () => {
    await window.page.route('**/api/rooms/*/files*', (route) => (route.request().method() === 'POST' ? undefined : route.continue()));
    await choose('lost.txt', Buffer.from('small'));
    await here.composer.fill('Not without it');
    await here.composer.press('Enter');
    await window.page.getByText('Sends when the upload is done').waitFor();
    await window.page.reload();
    await window.page.getByRole('alert').getByText('Not sent: lost.txt had not arrived').waitFor();
    expect(await here.composer.inputValue()).toBe('Not without it');
    expect(await here.message('Not without it').count()).toBe(0);
    await window.page.unroute('**/api/rooms/*/files*');
    await choose('lost.txt', Buffer.from('small'));
    await here.composer.press('Enter');
    await here
      .message('Not without it')
      .getByRole('link', { name: /lost\.txt/ })
      .waitFor();
  });

  step('is called off, and does not come back', async () => {
    await window.page.route('**/api/rooms/*/uploads/*', (route) =>
      route.request().method() === 'PATCH' ? route.abort() : route.continue(),
    );
    await choose('unwanted.bin', Buffer.alloc(BIG));
    await tray().getByText('Goes on once the network is back').waitFor();
    const given = window.page.waitForResponse((reply) => reply.request().method() === 'DELETE' && reply.status() === 204);
    await window.page.getByRole('button', { name: 'Cancel unwanted.bin' }).click();
    await given;
    await tray().getByText('unwanted.bin').waitFor({ state: 'detached' });
    await window.page.reload();
    await here.composer.waitFor();
    expect(await tray().getByText('unwanted.bin').count()).toBe(0);
  });
});
