import { cleanUp, waitFor } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { RoomWindow } from './support/room-window.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

describe('a command on the page', () => {
  let ann: Window;
  let here: RoomWindow;

  beforeAll(async () => {
    const host = await Person.register('ann');
    const room = await host.createRoom();
    ann = await Window.open({ viewport: { width: 1440, height: 900 } });
    here = new RoomWindow(ann);
    await ann.go('/sign-in');
    await ann.signIn(host.user.username);
    await ann.go(`/rooms/${room.id}`);
    await here.composer.waitFor();
  }, 60_000);

  const hint = (text: string | RegExp) => ann.page.getByText(text).waitFor();

  it('shows what a time means while it is written, and what is wrong with it', async () => {
    await here.composer.fill('/remind tomorrow 9 water the roses');
    await hint(/^when: tomorrow at 09:00/);
    await here.composer.fill('/remind yesterday water the roses');
    await hint(/^when lies in the past/);
    await here.composer.fill('/mute @nobody 5m');
    await hint(/nobody here is called @nobody/);
    await here.composer.fill('/hlep me');
    await hint('There is no command /hlep. Did you mean /help?');
  });

  it('is run at once when its last word is written to the end, and completed before that', async () => {
    await here.write('/remind list');
    await here.note('You have no reminders').waitFor();
    await here.write('/topic --public');
    await here.botSays('This room has no topic').waitFor();
    await here.write('/remind li');
    await waitFor(async () => (await here.composer.inputValue()) === '/remind list ');
  });

  it('is answered with buttons that run what comes next', async () => {
    await here.write('/remind in 2 hours lock the gate');
    const note = here.note('lock the gate');
    await note.getByRole('button', { name: 'Cancel', exact: true }).click();
    await here.note('Reminder 1 is cancelled').waitFor();
    await waitFor(() => note.getByRole('button', { name: 'Cancel', exact: true }).isDisabled());
  });

  it('is answered with a link to copy where it is to be given to others', async () => {
    await ann.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await here.write('/invite');
    await here.note('Whoever has this link').getByRole('button', { name: 'Copy', exact: true }).click();
    await waitFor(async () => /\/invite\/[\w-]{22}$/.test(await ann.page.evaluate(() => navigator.clipboard.readText())));
  });

  it('is answered at the end of the conversation, which stays in view', async () => {
    for (const command of ['/status', '/who', '/help', '/files', '/topic', '/remind list']) {
      await here.write(command);
      await here.note(command).last().waitFor();
    }
    const belowView = () =>
      here.timeline.locator('[data-virtuoso-scroller]').evaluate((list) => list.scrollHeight - list.scrollTop - list.clientHeight);
    await waitFor(async () => (await belowView()) < 2);
  });
});
