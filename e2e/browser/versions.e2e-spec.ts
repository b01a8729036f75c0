import { join } from 'node:path';
import type { Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { PHONE, objections } from './support/eyes.ts';
import { RoomWindow } from './support/room-window.ts';
import { screenshots } from './support/screenshots.ts';
import { aStory } from './support/story.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

describe('a file that comes again under its name', () => {
  const step = aStory('versions');
  let ann: Person;
  let window: Window;
  let here: RoomWindow;
  let room: Room;

  beforeAll(async () => {
    ann = await Person.register('ann');
    room = await ann.createRoom({ name: 'Watch' });
    await ann.settled(await ann.upload(room, 'rota.txt', 'Ingrid keeps the watch on Friday.'));
    window = await Window.open();
    here = new RoomWindow(window);
    await window.go('/sign-in');
    await window.signIn(ann.user.username);
    await window.go(`/rooms/${room.id}/files`);
  }, 120_000);

  const document = () => window.page.getByRole('region', { name: 'Document' });

  step('takes the place of the one before in the list, while one looks', async () => {
    const list = here.panel('Files').getByRole('list', { name: 'Files of this room' });
    await list.getByRole('link', { name: 'rota.txt' }).waitFor();
    await ann.settled(await ann.upload(room, 'Rota.txt', 'Pavel keeps the watch on Friday.'));
    await list.getByText('Version 2 ·').waitFor();
    expect(await list.getByRole('listitem').count()).toBe(1);
  });

  step('leads to the one before, which says that there is a newer one', async () => {
    await here.openFile('Rota.txt');
    await document().getByText('Pavel keeps the watch').waitFor();
    await window.page.getByRole('button', { name: /^Version 2 of Rota\.txt/ }).click();
    await window.page.getByRole('menuitem', { name: /^Version 1/ }).click();
    await document().getByText('Ingrid keeps the watch').waitFor();
    await document().getByText('This is version 1.').waitFor();
    expect(await objections(window.page)).toEqual([]);
    await window.page.screenshot({ path: join(screenshots, 'version-1.png') });
    await document().getByRole('link', { name: 'Open version 2' }).click();
    await document().getByText('Pavel keeps the watch').waitFor();
  });

  step('gives its place back when it is deleted, and says how much space is taken', async () => {
    await window.go(`/rooms/${room.id}/files`);
    await here.panel('Files').getByRole('meter', { name: 'Space: Your files' }).waitFor();
    await window.page.screenshot({ path: join(screenshots, 'files-space.png') });
    await window.page.setViewportSize(PHONE);
    expect(await objections(window.page, 'aside[aria-label="Files"]')).toEqual([]);
    await window.page.screenshot({ path: join(screenshots, 'files-space-360.png') });
    await here.panel('Files').getByRole('button', { name: 'Actions for Rota.txt' }).click();
    await window.page.getByRole('menuitem', { name: 'Delete' }).click();
    await window.page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await here.panel('Files').getByRole('link', { name: 'rota.txt' }).waitFor();
    expect(window.complaints).toEqual([]);
  });
});
