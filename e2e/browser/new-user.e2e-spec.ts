import type { Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { aPdf } from '../support/documents.ts';
import { Person } from '../support/person.ts';
import { DESK, PHONE } from './support/eyes.ts';
import { RoomWindow } from './support/room-window.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

const TOUCHED = { viewport: PHONE, hasTouch: true, isMobile: true };

describe('somebody who is here for the first time', () => {
  let host: Person;
  let room: Room;
  let desk: Window;
  let phone: Window;
  const home = () => `/rooms/${room.id}`;
  const menuOf = (window: Window) => window.page.getByRole('menu').last();
  const openRoomMenu = (window: Window) => window.page.getByRole('button', { name: `${room.name}, what to do with it` }).click();

  beforeAll(async () => {
    host = await Person.register('ann');
    room = await host.createRoom({ name: 'Harbour move', visibility: 'private' });
    await host.say(room, 'We take the crane on 12 May.');
    await host.say(room, 'Who has the keys?');
    [desk, phone] = await Promise.all([Window.open({ viewport: DESK }), Window.open(TOUCHED)]);
    for (const window of [desk, phone]) {
      await window.go('/sign-in');
      await window.signIn(host.user.username);
      await window.go(home());
      await new RoomWindow(window).message('Who has the keys?').waitFor();
    }
  }, 60_000);

  it('sees one set of tools at a time: that of the message they point at, or have moved to by keys, whichever was last', async () => {
    const here = new RoomWindow(desk);
    const shown = () =>
      desk.page
        .getByRole('toolbar', { name: 'Message actions' })
        .evaluateAll((bars) =>
          bars.flatMap((bar) => (getComputedStyle(bar).opacity === '1' ? [bar.closest('article')!.querySelector('p')!.textContent] : [])),
        );
    await here.message('crane').locator('p').click();
    await here.message('crane').focus();
    await here.message('keys').hover();
    expect(await shown()).toEqual(['Who has the keys?']);
    await desk.page.keyboard.press('ArrowDown');
    await desk.page.keyboard.press('ArrowUp');
    expect(await shown()).toEqual(['We take the crane on 12 May.']);
  });

  it('sees no tools above the message that they are writing anew', async () => {
    const here = new RoomWindow(desk);
    await desk.page.mouse.move(0, 0);
    await here.act('keys', 'More actions');
    await menuOf(desk).getByRole('menuitem', { name: 'Edit' }).click();
    await desk.field('Edit message').waitFor();
    await here
      .message(/keys|^$/)
      .last()
      .getByRole('toolbar')
      .waitFor({ state: 'hidden' });
    await desk.page.keyboard.press('Escape');
  });

  it('reads what the tools of a message are for where nothing can hover over them', async () => {
    const here = new RoomWindow(phone);
    await here.message('crane').locator('p').tap();
    const tools = here.message('crane').getByRole('toolbar').getByRole('button');
    expect(await tools.evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.ariaLabel))).toEqual([
      ...['👍', '❤️', '😂'].map((sign) => `React with ${sign}`),
      'React',
      'Reply in thread',
      'More actions',
    ]);
    await here.message('crane').getByRole('button', { name: 'More actions' }).tap();
    await menuOf(phone).getByRole('menuitem', { name: 'Save for later' }).waitFor();
    for (const name of ['Pin', 'Copy link', 'Mark unread from here'])
      await menuOf(phone).getByRole('menuitem', { name, exact: true }).waitFor();
    await phone.page.keyboard.press('Escape');
  });

  it('picks an emoji on a phone without a keyboard in the way', async () => {
    const here = new RoomWindow(phone);
    await here.message('crane').locator('p').tap();
    await here.message('crane').getByRole('button', { name: 'React', exact: true }).tap();
    await phone.field('Search emoji').waitFor();
    expect(await phone.field('Search emoji').evaluate((field) => field === document.activeElement)).toBe(false);
    await phone.page.keyboard.press('Escape');
  });

  it('sees on a phone that a room is muted', async () => {
    await openRoomMenu(phone);
    await menuOf(phone).getByRole('menuitem', { name: 'Mute', exact: true }).click();
    await new RoomWindow(phone).header.getByRole('img', { name: 'muted' }).waitFor();
    await desk.page.getByRole('button', { name: 'Notifications of this room' }).click();
    await menuOf(desk).getByRole('menuitemradio', { name: 'Nothing: mute it', checked: true }).waitFor();
    await desk.page.keyboard.press('Escape');
  });

  it('opens a document with several versions on a phone with no button over another, and finds by name where to ask it', async () => {
    for (const words of ['The rent is due on Monday.', 'The rent is due on Tuesday.'])
      await host.settled(await host.upload(room, 'lease.pdf', await aPdf([words])));
    const [file] = (await host.do<{ items: { id: string }[] }>('GET', `/api/rooms/${room.id}/files?versions=newest`)).items;
    await phone.go(`${home()}/document/${file!.id}`);
    const version = phone.page.getByRole('button', { name: /^Version 2 of lease.pdf/ });
    expect(await version.evaluate((button) => button.scrollWidth - button.clientWidth)).toBeLessThanOrEqual(0);
    await phone.page.getByRole('link', { name: 'Ask this file' }).getByText('Ask').click();
    await phone.field('Ask this file').waitFor();
  });

  it('finds the language in the menu of the account', async () => {
    await desk.account.click();
    await menuOf(desk).getByRole('menuitem', { name: 'Language' }).click();
    await desk.page.getByRole('combobox', { name: 'Language' }).waitFor();
    expect(await desk.page.getByRole('combobox', { name: 'Language' }).evaluate((field) => field === document.activeElement)).toBe(true);
  });

  it('reads, of a conversation of two, whether the other is here, and nothing of a room that somebody made', async () => {
    const ben = await Person.register('ben');
    const direct = await host.do<Room>('POST', '/api/rooms/direct', { userIds: [ben.id] });
    await host.say(direct, 'Hello');
    await desk.go(`/rooms/${direct.id}`);
    const here = new RoomWindow(desk);
    await here.message('Hello').waitFor();
    await here.header.getByText('Offline').waitFor();
    expect(await here.header.getByText('online').count()).toBe(0);
    expect(await here.header.getByRole('img', { name: 'private' }).count()).toBe(0);
    expect(await here.timeline.getByText(/created the room|joined/).count()).toBe(0);
  });

  it('is not sent to rooms they have not, nor asked whether they are in one, by an invite', async () => {
    const { url } = await host.do<{ url: string }>('POST', `/api/rooms/${room.id}/invites`, {});
    const stranger = await Window.open(TOUCHED);
    await stranger.go(new URL(url).pathname);
    await stranger.page.getByRole('link', { name: 'Create an account' }).waitFor();
    expect(await stranger.page.getByRole('link', { name: 'Go to your rooms' }).count()).toBe(0);
    await desk.go(new URL(url).pathname);
    await desk.page.getByRole('button', { name: 'Join room' }).click();
    await desk.at(`**${home()}`);
  });

  it('is told who finds a room before they make it', async () => {
    await desk.go('/rooms/create');
    await desk.sees('Everybody on this server finds it under Discover rooms, and can join');
    await desk.page.getByText('Private', { exact: true }).click();
    await desk.sees('Nobody finds it: people come in by an invite, or by its link and its password');
  });
});
