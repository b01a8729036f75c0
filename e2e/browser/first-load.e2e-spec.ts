import { cleanUp } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { RoomWindow } from './support/room-window.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

/** Compressed and with its headers, as it comes over the line. */
const MOST_CODE_BYTES = 205 * 1024;

describe('coming to a room for the first time', () => {
  it('takes at most 205 KB of code, and leaves what is opened now and then for later', async () => {
    const self = await Person.register('ann');
    const room = await self.createRoom();
    await self.say(room, 'Here already.');
    const before = await Window.open();
    await before.go('/sign-in');
    await before.signIn(self.user.username);
    await new RoomWindow(before).message('Here already.').waitFor();
    const session = await before.page.context().storageState();
    await before.page.context().close();
    // Signed in, and with nothing in the cache.
    const ann = await Window.open({ storageState: session });
    await ann.go(`/rooms/${room.id}`);
    await new RoomWindow(ann).message('Here already.').waitFor();
    await ann.page.waitForLoadState('networkidle');

    const scripts = await ann.page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter((entry): entry is PerformanceResourceTiming => entry instanceof PerformanceResourceTiming && entry.name.endsWith('.js'))
        .map(({ name, transferSize }) => ({ name: new URL(name).pathname, transferSize })),
    );
    expect(scripts.reduce((sum, { transferSize }) => sum + transferSize, 0)).toBeLessThan(MOST_CODE_BYTES);
    expect(
      scripts
        .map(({ name }) => name)
        .filter((name) => /\w-panel-|file-view|settings|profile|switcher|highlight|emoji|Modal|Menu/.test(name)),
    ).toEqual([]);
    expect(ann.complaints).toEqual([]);

    // Asked for by index.html itself, and not again by the code that needs it.
    const asked = await ann.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
    for (const path of ['/api/auth/refresh', '/api/rooms', `/api/rooms/${room.id}/messages`])
      expect([path, asked.filter((one) => one === path).length]).toEqual([path, 1]);
  });
});
