import { join } from 'node:path';
import type { Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { DESK, PHONE, overflowing } from './support/eyes.ts';
import { RoomWindow } from './support/room-window.ts';
import { screenshots } from './support/screenshots.ts';
import { aStory } from './support/story.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

describe('a host and a guest, side by side', () => {
  const step = aStory('moderation');
  let host: Window;
  let guest: Window;
  let hostHere: RoomWindow;
  let guestHere: RoomWindow;
  let dora: Person;
  let room: Room;

  beforeAll(async () => {
    const [ann, ben] = [await Person.register('ann'), await Person.register('ben')];
    dora = await Person.register('dora');
    await ann.do('PATCH', '/api/me', { displayName: 'Ann' });
    await ben.do('PATCH', '/api/me', { displayName: 'Ben' });
    await dora.do('PATCH', '/api/me', { displayName: `Dora ${dora.id.slice(-6)}` });
    room = await ann.createRoom({ name: 'Gauge room', topic: 'Steam', lobby: true });
    [host, guest] = [await Window.open({ viewport: DESK }), await Window.open({ viewport: DESK })];
    [hostHere, guestHere] = [new RoomWindow(host), new RoomWindow(guest)];
    await host.go(`/rooms/${room.id}`);
    await host.signIn(ann.user.username);
    await guest.go(`/rooms/${room.id}`);
    await guest.signIn(ben.user.username);
  }, 90_000);

  /** Keeps a picture at the width of a desk and of a phone, and finds what does not fit. */
  async function look(window: Window, name: string): Promise<void> {
    for (const viewport of [PHONE, DESK]) {
      await window.page.setViewportSize(viewport);
      await window.page.screenshot({ path: join(screenshots, `moderation-${name}-${viewport.width}.png`) });
      expect(await overflowing(window.page)).toEqual([]);
    }
  }

  step('who joins waits, sees the name and topic, and is in the room once the host lets them in', async () => {
    await guest.press('Ask to join');
    await guest.at(`/rooms/${room.id}/waiting`);
    await guest.heading('Gauge room').waitFor();
    await look(guest, 'waiting');
    await guest.go(`/rooms/${room.id}`);
    await guest.at(`/rooms/${room.id}/waiting`);
    await host.follow('Ben waits to come in');
    const members = hostHere.panel('Members');
    await members.getByRole('button', { name: 'Let Ben in' }).waitFor();
    await look(host, 'lobby');
    await members.getByRole('button', { name: 'Let Ben in' }).click();
    await guest.at(`/rooms/${room.id}`);
    await guestHere.say('Thank you.');
    await hostHere.message('Thank you.').waitFor();
  });

  step('who is muted sees at once why and how long, by the second', async () => {
    const ben = hostHere.panel('Members').getByRole('listitem').filter({ hasText: 'Ben' });
    await ben.getByRole('button', { name: 'Actions for Ben' }).click();
    await host.page.getByRole('menuitem', { name: 'Mute' }).click();
    await host.field('Reason').fill('too loud');
    await host.press('Mute');
    const notice = guest.page.getByText(/You are muted until .*, 9 min \d+ s from now\. Reason: too loud/);
    const earlier = await notice.innerText();
    await guest.page.waitForFunction((text) => !document.body.innerText.includes(text), earlier);
    await look(guest, 'muted');
    await ben.getByRole('button', { name: 'Actions for Ben' }).click();
    await host.page.getByRole('menuitem', { name: 'Unmute' }).click();
    await guestHere.say('I speak again.');
  });

  step('slow mode counts down from one’s last message until the next', async () => {
    const settings = await hostHere.open('Settings');
    await settings.getByLabel('Slow mode').selectOption('60');
    await host.press('Save changes');
    await guestHere.timeline.getByText('Ann changed slow mode').waitFor();
    await guest.sees(/Slow mode: you can write again in \d+ s/);
  });

  step('people are added by name', async () => {
    await hostHere.open('Members');
    await host.press('Invite people');
    await host.field('Add people').fill(dora.user.username);
    await look(host, 'add');
    await host.page.getByRole('button', { name: /^Add Dora/ }).click();
    await guestHere.timeline.getByText(/Dora \w+ joined/).waitFor();
    await host.press('Close');
  });

  step('who is banned reads why, stands in the list, and may come back once the ban is lifted', async () => {
    const ben = hostHere.panel('Members').getByRole('listitem').filter({ hasText: 'Ben' });
    await ben.getByRole('button', { name: 'Actions for Ben' }).click();
    await host.page.getByRole('menuitem', { name: 'Ban from the room' }).click();
    await host.field('Reason').fill('spam');
    await host.press('Ban');
    await guest.sees('You were banned from this room');
    await guest.sees(/Reason: spam/);
    await host.press('Banned people');
    await host.page.getByRole('list', { name: 'Bans' }).getByText('Ben', { exact: true }).waitFor();
    await look(host, 'bans');
    await host.press('Lift the ban on Ben');
    await host.sees('Nobody is banned from this room.');
    await host.press('Close');
  });

  step('the audit log tells all of it, and can be filtered', async () => {
    const settings = await hostHere.open('Settings');
    await settings.getByRole('link', { name: 'Audit log' }).click();
    const log = host.page.getByRole('list', { name: 'Audit log' });
    for (const line of ['Ann lifted the ban on Ben', 'Ann banned Ben', 'Ann muted Ben until', 'Ann let Ben in', 'Ann created the room'])
      await log.getByText(line).waitFor();
    await look(host, 'audit');
    await host.page.getByLabel('What', { exact: true }).selectOption('member.muted');
    await log.getByText('Ann let Ben in').waitFor({ state: 'detached' });
    await log.getByText('Reason: too loud').waitFor();
    expect(await log.getByRole('listitem').count()).toBe(1);
  });
});
