import type { Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import type { Locator } from 'playwright-core';
import sharp from 'sharp';
import { aPdf } from '../support/documents.ts';
import { Person } from '../support/person.ts';
import { RoomWindow } from './support/room-window.ts';
import { aStory } from './support/story.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

const paint = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c07030' } })
    .png()
    .toBuffer();
const sizeOf = async (picture: Locator) => {
  const { width, height } = (await picture.boundingBox())!;
  return [Math.round(width), Math.round(height)];
};

describe('what files look like', () => {
  const step = aStory('file-previews');
  let window: Window;
  let here: RoomWindow;
  let room: Room;
  beforeAll(async () => {
    const ann = await Person.register('ann');
    room = await ann.createRoom({ name: 'Archive' });
    const files = [
      await ann.upload(room, 'tower.png', await paint(30, 300), '?draft=1'),
      await ann.upload(room, 'manual.pdf', await aPdf(['The boiler manual']), '?draft=1'),
    ];
    await Promise.all(files.map((file) => ann.settled(file)));
    await ann.say(room, 'Look at these', { fileIds: files.map(({ id }) => id) });
    window = await Window.open();
    here = new RoomWindow(window);
    await window.go('/sign-in');
    await window.signIn(ann.user.username);
    await window.go(`/rooms/${room.id}`);
  }, 120_000);

  step('is shown in the conversation, in a place of its own that nothing grows out of', async () => {
    const message = here.message('Look at these');
    const page = message.getByRole('link', { name: /manual\.pdf/ }).locator('img');
    await page.waitFor();
    expect(await sizeOf(page)).toEqual([56, 56]);
    const tower = message.getByRole('link', { name: 'Picture tower.png' });
    await tower.locator('img').waitFor();
    expect((await sizeOf(tower))[1]).toBe(220);
  });

  step('is shown in the list of files, and a click opens the file', async () => {
    const files = await here.open('Files');
    const tower = files.getByRole('link', { name: 'tower.png' }).locator('img');
    await tower.waitFor();
    expect(await sizeOf(tower)).toEqual([40, 40]);
    await tower.click();
    await window.page.waitForURL(/\/files\//);
    await window.page.getByRole('img', { name: 'tower.png' }).waitFor();
    expect(window.complaints).toEqual([]);
  });
});
