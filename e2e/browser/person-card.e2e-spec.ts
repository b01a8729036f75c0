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
  let here: RoomWindow;
  let ben: Person;
  let room: Room;

  beforeAll(async () => {
    const host = await Person.register('ann');
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

  step('leads to a conversation of two', async () => {
    await here.message('The gauge is fixed.').getByRole('button', { name: 'Ben' }).click();
    await card().getByRole('button', { name: 'Message', exact: true }).click();
    await ann.page.getByRole('textbox', { name: 'Message Ben' }).waitFor();
  });
});
