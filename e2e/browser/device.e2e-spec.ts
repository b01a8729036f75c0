import { cleanUp, waitFor } from '@atrium/testing';
import type { BrowserContext, CDPSession, Worker } from 'playwright-core';
import { Person } from '../support/person.ts';
import { url } from '../support/stack.ts';
import { RoomWindow } from './support/room-window.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

/** A browser that keeps the page. */
const open = () => Window.open({ keepsPage: true, permissions: ['notifications'] });

const workerOf = (context: BrowserContext): Promise<Worker> =>
  waitFor(() => context.serviceWorkers()[0], { what: 'the service worker', withinMs: 30_000 });

/** The page is kept, and answers from what is kept. */
async function isKept({ page }: Window): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/** What the browser hands to the worker when a push has come for it. */
async function push(cdp: CDPSession, registrationId: string, message: object): Promise<void> {
  await cdp.send('ServiceWorker.deliverPushMessage', { origin: url, registrationId, data: JSON.stringify(message) });
}

describe('the page on a device', () => {
  it('can be installed: its manifest names icons that are there, and takes what is shared', async () => {
    const manifest = (await (await fetch(`${url}/manifest.webmanifest`)).json()) as {
      icons: { src: string; type: string }[];
      share_target: { action: string };
    };
    for (const { src, type } of manifest.icons) {
      const reply = await fetch(url + src);
      expect([src, reply.status, reply.headers.get('content-type')]).toEqual([src, 200, type]);
    }
    expect(manifest.share_target.action).toBe('/share');
  });

  it('opens without a network where it was left, reads what it had, and sends once what was written meanwhile', async () => {
    const [annSelf, benSelf] = [await Person.register('ann'), await Person.register('ben')];
    const room = await annSelf.createRoom({ name: 'Cellar' });
    await benSelf.join(room);
    await benSelf.say(room, 'Mind the step.');
    const ann = await open();
    const here = new RoomWindow(ann);
    await ann.go(`/rooms/${room.id}`);
    await ann.signIn(annSelf.user.username);
    await here.message('Mind the step.').waitFor();
    await isKept(ann);
    await waitFor(() => keptMessages(ann, room.id), { what: 'the conversation to be kept' });

    await ann.page.context().setOffline(true);
    await ann.page.reload();
    await here.message('Mind the step.').waitFor();
    await ann.page.getByRole('status', { name: 'Connection' }).getByText('You are offline').waitFor();
    await here.write('Carried up.');
    await here.onItsWay('Carried up.').waitFor();
    await ann.page.reload();
    await here.onItsWay('Carried up.').waitFor();
    await benSelf.say(room, 'Said meanwhile.');

    await ann.page.context().setOffline(false);
    await here.message('Said meanwhile.').waitFor();
    await here.message('Carried up.').waitFor();
    for (const text of ['Mind the step.', 'Said meanwhile.', 'Carried up.']) expect(await here.message(text).count()).toBe(1);
    expect((await benSelf.messages(room)).map(({ body }) => body).sort()).toEqual(['Carried up.', 'Mind the step.', 'Said meanwhile.']);

    await ann.account.click();
    await ann.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await ann.heading('Sign in').waitFor();
    await waitFor(async () => !(await keptMessages(ann, room.id)), { what: 'what was kept to be gone' });
  });

  it('shows a push, closes it when it was read elsewhere, and leads to its message', async () => {
    const self = await Person.register('ann');
    const room = await self.createRoom({ name: 'Attic' });
    const ann = await open();
    await ann.go('/rooms');
    await ann.signIn(self.user.username);
    await isKept(ann);
    const context = ann.page.context();
    const worker = await workerOf(context);
    const cdp = await context.newCDPSession(ann.page);
    let registrationId = '';
    cdp.on(
      'ServiceWorker.workerRegistrationUpdated',
      ({ registrations }) => (registrationId = registrations[0]?.registrationId ?? registrationId),
    );
    await cdp.send('ServiceWorker.enable');
    await waitFor(() => registrationId, { what: 'the registration' });
    const shown = () =>
      ann.page.evaluate(async () => {
        const all = await (await navigator.serviceWorker.ready).getNotifications();
        return all.map(({ tag, title, body }) => ({ tag, title, body }));
      });
    const isDone = await whenShown(worker);
    const told = { type: 'notification', title: 'Ben', body: 'mentioned you', unread: 1, silent: true };
    const [first, second] = [`${room.id.slice(0, -1)}1`, `${room.id.slice(0, -1)}2`];
    await push(cdp, registrationId, { ...told, tag: first, url: '/rooms' });
    await push(cdp, registrationId, { ...told, tag: second, url: `/rooms/${room.id}?at=1` });
    await waitFor(() => isDone(2), { what: 'two notifications', withinMs: 30_000 });
    expect((await shown()).map(({ tag }) => tag).sort()).toEqual([first, second]);
    expect(await shown()).toContainEqual({ tag: second, title: 'Ben', body: 'mentioned you' });

    await push(cdp, registrationId, { type: 'read', tags: [first], unread: 1 });
    await waitFor(async () => (await shown()).map(({ tag }) => tag).join() === second, {
      what: 'the first to be closed',
      withinMs: 30_000,
    });

    await worker.evaluate(async () => {
      const scope = globalThis as unknown as { registration: ServiceWorkerRegistration; dispatchEvent: (event: Event) => void };
      const [notification] = await scope.registration.getNotifications();
      const Clicked = (globalThis as unknown as { NotificationEvent: new (type: string, init: object) => Event }).NotificationEvent;
      scope.dispatchEvent(new Clicked('notificationclick', { notification }));
    });
    await ann.at(`/rooms/${room.id}?at=1`);
    await waitFor(async () => (await shown()).length === 0, { what: 'the notification to be closed', withinMs: 30_000 });
  });

  it('puts what another app shares into the composer of the room that is chosen', async () => {
    const self = await Person.register('ann');
    const room = await self.createRoom({ name: 'Pantry' });
    const ann = await open();
    await ann.go('/rooms');
    await ann.signIn(self.user.username);
    await isKept(ann);
    await ann.page.evaluate(async () => {
      const form = new FormData();
      form.set('text', 'Seven jars');
      form.set('url', 'https://example.org/jam');
      form.append('files', new File(['plum'], 'jam.txt', { type: 'text/plain' }));
      await fetch('/share', { method: 'POST', body: form });
    });
    await ann.go('/share');
    await ann.press('Pantry');
    await ann.at(`/rooms/${room.id}`);
    const composer = ann.page.getByRole('textbox', { name: 'Message Pantry' });
    await waitFor(async () => (await composer.inputValue()) === 'Seven jars\nhttps://example.org/jam', { what: 'the shared words' });
    await ann.page.getByRole('list', { name: 'Attachments' }).getByText('jam.txt').waitFor();
    const other = await self.createRoom({ name: 'Cellar' });
    await ann.go('/share?title=Plums&text=Nine%20jars&url=https%3A%2F%2Fexample.org%2Fplums');
    await ann.press('Cellar');
    await ann.at(`/rooms/${other.id}`);
    const field = ann.page.getByRole('textbox', { name: 'Message Cellar' });
    await waitFor(async () => (await field.inputValue()) === 'Plums\nNine jars\nhttps://example.org/plums', {
      what: 'the words of the link',
    });
  });

  it('loads what the server has, where the build that is kept asks for a part that is gone', async () => {
    const self = await Person.register('ann');
    const ann = await open();
    await ann.go('/rooms');
    await ann.signIn(self.user.username);
    await isKept(ann);
    await keepBuildWithout(ann, 'profile-page');
    await ann.go('/profile');
    await ann.heading('This page cannot be shown').waitFor();
    // Unlike a build's, this entry has the name of the one that the server has, which the browser remembers.
    const cdp = await ann.page.context().newCDPSession(ann.page);
    await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
    await ann.press('Load it again');
    await ann.heading('Profile').waitFor();
    await ann.page.context().setOffline(true);
    await ann.page.reload();
    await ann.heading('Profile').waitFor();
  });
});

/**
 * Tells how many notifications the worker has shown. Not asked of the browser while it shows them: Chromium forgets for good
 * one that it has noted and not yet put on the screen when somebody asks which are there.
 */
async function whenShown(worker: Worker): Promise<(count: number) => Promise<boolean>> {
  await worker.evaluate(() => {
    const scope = globalThis as unknown as { registration: ServiceWorkerRegistration; shownByTest: number };
    const show = scope.registration.showNotification.bind(scope.registration);
    scope.shownByTest = 0;
    scope.registration.showNotification = async (...of) => {
      await show(...of);
      scope.shownByTest += 1;
    };
  });
  return (count) => worker.evaluate((wanted) => (globalThis as unknown as { shownByTest: number }).shownByTest >= wanted, count);
}

/** As an older build would be kept: it names a part otherwise than the server does. */
async function keepBuildWithout({ page }: Window, part: string): Promise<void> {
  await page.evaluate(async (name) => {
    const [shell] = (await caches.keys()).filter((key) => key.startsWith('atrium-shell-'));
    const cache = await caches.open(shell!);
    for (const script of (await cache.keys()).filter(({ url: address }) => address.endsWith('.js'))) {
      const kept = (await cache.match(script))!;
      const text = await kept.text();
      if (text.includes(`${name}-`)) await cache.put(script, new Response(text.replaceAll(`${name}-`, `${name}-gone-`), kept));
    }
  }, part);
}

/** Whether a room and its conversation are on this device. Asks for nothing that is not there: that would make it. */
const keptMessages = ({ page }: Window, roomId: string): Promise<boolean> =>
  page.evaluate(async (id) => {
    if (!(await indexedDB.databases()).some(({ name }) => name === 'atrium-offline')) return false;
    return new Promise<boolean>((resolve, reject) => {
      const request = indexedDB.open('atrium-offline');
      request.onerror = () => reject(new Error('it cannot be opened'));
      request.onsuccess = () => {
        const reading = request.result.transaction(['rooms', 'timelines']);
        const [room, timeline] = [reading.objectStore('rooms').get(id), reading.objectStore('timelines').get(id)];
        reading.oncomplete = () => {
          request.result.close();
          resolve(room.result !== undefined && timeline.result !== undefined);
        };
      };
    });
  }, roomId);
