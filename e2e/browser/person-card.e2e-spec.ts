import type { Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { DESK, PHONE, objections, overflowing } from './support/eyes.ts';
import { RoomWindow } from './support/room-window.ts';
import { aStory } from './support/story.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

describe('behind every name a card', () => {
  const step = aStory('person-card');
  let ann: Window;
  let host: Person;
  let here: RoomWindow;
  let ben: Person;
  let room: Room;

  beforeAll(async () => {
    host = await Person.register('ann');
    ben = await Person.register('ben');
    await ben.do('PATCH', '/api/me', { displayName: 'Ben' });
    room = await host.createRoom({ name: 'Gauge room' });
    await ben.join(room);
    await ben.say(room, 'The gauge is fixed.');
    await host.say(room, `Thank you, @${ben.user.username}`);
    ann = await Window.open({ viewport: DESK });
    here = new RoomWindow(ann);
    await ann.go(`/rooms/${room.id}`);
    await ann.signIn(host.user.username);
    await here.message('The gauge is fixed.').waitFor();
  }, 90_000);

  const card = () => ann.page.getByRole('dialog', { name: 'Ben' });

  step('opens from the author of a message, by the keyboard too, and gives the focus back', async () => {
    const author = here.message('The gauge is fixed.').getByRole('button', { name: 'Ben' });
    await author.focus();
    await ann.page.keyboard.press('Enter');
    await card().getByText(`@${ben.user.username}`).waitFor();
    await ann.page.keyboard.press('Escape');
    await card().waitFor({ state: 'detached' });
    await author.and(ann.page.locator(':focus')).waitFor();
  });

  step('suits weak eyes and a phone', async () => {
    for (const viewport of [PHONE, DESK]) {
      await ann.page.setViewportSize(viewport);
      await here
        .message('Thank you')
        .getByRole('button', { name: `@${ben.user.username}` })
        .click();
      await card().waitFor();
      expect(await objections(ann.page, '[role=dialog]')).toEqual([]);
      expect(await overflowing(ann.page)).toEqual([]);
      await ann.page.keyboard.press('Escape');
      await card().waitFor({ state: 'detached' });
    }
  });

  step('offers what a host may do', async () => {
    await here.message('The gauge is fixed.').getByRole('button', { name: 'Ben' }).click();
    await card().getByRole('button', { name: 'Actions for Ben' }).click();
    await ann.page.getByRole('menuitem', { name: 'Make moderator' }).click();
    await here.timeline.getByText(/Ben.*moderator/).waitFor();
    await ann.page.keyboard.press('Escape');
  });

  step('opens from pins, saved messages and threads', async () => {
    const { page } = ann;
    const said = await ben.say(room, 'Kept and pinned.');
    const path = `/api/rooms/${room.id}/messages/${said.id}`;
    await host.do('POST', `${path}/pin`, { pinned: true });
    await host.do('PUT', `/api/me/saved/${said.id}`);
    await host.say(room, 'An answer.', { parentId: said.id });
    for (const place of [`/rooms/${room.id}/pins`, '/saved', `/rooms/${room.id}/threads`]) {
      await ann.go(place);
      const item = page.getByRole('listitem').filter({ hasText: 'Kept and pinned.' });
      await item.getByRole('button', { name: 'Ben', exact: true }).first().click();
      await card().waitFor();
      await page.keyboard.press('Escape');
      await card().waitFor({ state: 'detached' });
    }
    await ann.go(`/rooms/${room.id}`);
  });

  step('opens from a search hit, which leads to the message all the same', async () => {
    const { page } = ann;
    await ann.go('/search?q=gauge');
    const hit = page.getByRole('list', { name: 'Search results' }).getByRole('listitem').filter({ hasText: 'is fixed' });
    await hit.getByRole('button', { name: 'Ben', exact: true }).click();
    await card().waitFor();
    await page.keyboard.press('Escape');
    await card().waitFor({ state: 'detached' });
    await hit.click({ position: { x: 300, y: 8 } });
    await here.message('The gauge is fixed.').waitFor();
    expect(new URL(page.url()).pathname).toContain(`/rooms/${room.id}`);
  });

  step('leads to a conversation of two', async () => {
    await here.message('The gauge is fixed.').getByRole('button', { name: 'Ben' }).click();
    await card().getByRole('button', { name: 'Message', exact: true }).click();
    await ann.page.getByRole('textbox', { name: 'Message Ben' }).waitFor();
  });

  step('opens from the menu of that conversation', async () => {
    const row = ann.page.getByRole('listitem').filter({ has: ann.page.getByRole('link', { name: 'Ben' }) });
    await row.first().hover();
    await row.first().getByRole('button', { name: 'What to do with Ben' }).click();
    await ann.page.getByRole('menuitem', { name: 'About Ben' }).click();
    await card().getByText(`@${ben.user.username}`).waitFor();
  });
});
