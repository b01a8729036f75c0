import { cleanUp } from '@atrium/testing';
import { BOILER_FACTS, aPdf } from '../support/documents.ts';
import { Person } from '../support/person.ts';
import { otherGateway } from '../support/stack.ts';
import { aDocx } from './support/docx.ts';
import { RoomWindow } from './support/room-window.ts';
import { aStory } from './support/story.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

const ROOM_PASSWORD = 'open sesame';
const READY = '[data-status="ready"]';
const ROTA = ['Linus keeps the watch on Tuesday night.', 'Grace keeps the watch on Friday night.'];
const PAGE_FILLERS = Array.from({ length: 40 }, (_, i) => `Appendix ${i + 1} lists the spare parts on shelf ${i + 1} of the store.`);

describe('two people with a browser each', () => {
  const step = aStory('story');
  let ann: Window;
  let ben: Window;
  let annHere: RoomWindow;
  let benHere: RoomWindow;
  let benName: string;
  let room: string;

  beforeAll(async () => {
    [ann, ben] = [await Window.open(), await Window.open({ baseURL: otherGateway })];
    [annHere, benHere] = [new RoomWindow(ann), new RoomWindow(ben)];
    const registered = await Person.register('ben');
    await registered.do('PATCH', '/api/me', { displayName: 'Ben' });
    benName = registered.user.username;
  });

  step('arrive: one makes an account, the other signs in at the place he asked for', async () => {
    await ann.register('Ann');
    await ann.sees('Welcome to Atrium');
    await ben.go('/rooms/create');
    await ben.at(/\/sign-in\?next=/);
    await ben.signIn(benName);
    await ben.at('/rooms/create');
  });

  step('meet in a room: its password keeps out who does not know it', async () => {
    await ann.go('/rooms/create');
    await ann.field('Name').fill('Boiler house');
    await ann.field('Topic').fill('Steam and its consequences');
    await ann.field('Room password').fill(ROOM_PASSWORD);
    await ann.press('Create room');
    await ann.at(/\/rooms\/[0-9a-f-]{36}$/);
    room = ann.path;
    await annHere.timeline.getByText('Ann created the room').waitFor();

    await ben.go(room);
    await ben.at(`${room}/join`);
    await ben.heading('Boiler house').waitFor();
    await ben.field('Room password').fill('open barley');
    await ben.press('Join room');
    await ben.sees('The room password is wrong');
    expect(ben.path).toBe(`${room}/join`);
    await ben.field('Room password').fill(ROOM_PASSWORD);
    await ben.press('Join room');
    await ben.at(room);
    await annHere.timeline.getByText('Ben joined').waitFor();
  });

  step('see each other: messages both ways, who types, who is online', async () => {
    await annHere.say('Is anybody there?');
    await benHere.message('Is anybody there?').waitFor();
    await benHere.composer.fill('I am h');
    await ann.sees('Ben is typing');
    await benHere.write('I am here, at **last**.');
    await annHere.message('I am here, at last.').locator('strong', { hasText: 'last' }).waitFor();
    await ann.page.getByText('Ben is typing').waitFor({ state: 'detached' });
    await annHere.header.getByText('2 online').waitFor();
    const members = await annHere.open('Members');
    await members.getByRole('listitem').filter({ hasText: 'Ben' }).getByRole('img', { name: 'online' }).waitFor();
  });

  step('answer in a thread, and find it again after a reload', async () => {
    await benHere.act('Is anybody there?', 'Reply in thread');
    const thread = benHere.panel('Thread');
    await thread.getByRole('textbox', { name: 'Reply' }).fill('Two of us now.');
    await thread.getByRole('textbox', { name: 'Reply' }).press('Enter');
    await thread.locator('[data-message-id]').filter({ hasText: 'Two of us now.' }).waitFor();
    await annHere.message('Is anybody there?').getByRole('link', { name: '1 reply' }).click();
    await annHere.panel('Thread').getByText('Two of us now.').waitFor();
    expect(await annHere.message('Two of us now.').count()).toBe(0);

    const place = ann.page.url();
    expect(place).toContain(`${room}/thread/`);
    await ann.page.reload();
    await annHere.panel('Thread').getByText('Two of us now.').waitFor();
    await annHere.message('I am here').waitFor();
    expect(ann.page.url()).toBe(place);
  });

  step('keep a message in view with a pin, which only the host may set', async () => {
    await annHere.act('I am here', 'Pin');
    const pins = await benHere.open('Pins');
    await pins.getByRole('list', { name: 'Pinned messages' }).getByText('I am here').waitFor();
    await benHere.message('I am here').getByText('Pinned by Ann').waitFor();
    await benHere.message('I am here').hover();
    await benHere.message('I am here').getByRole('button', { name: 'Copy link' }).waitFor();
    expect(await benHere.message('I am here').getByRole('button', { name: /pin/i }).count()).toBe(0);
  });

  step('drop in a PDF, a Word document and a text, which are the room’s once they are sent, and watch them become ready', async () => {
    const files = await benHere.open('Files');
    const manual = files.getByRole('listitem').filter({ hasText: 'boiler manual.pdf' });
    const dropped = [
      { name: 'boiler manual.pdf', type: 'application/pdf', content: await aPdf([...BOILER_FACTS, ...PAGE_FILLERS]) },
      { name: 'watch rota.docx', type: 'application/octet-stream', content: aDocx(ROTA) },
      { name: 'notes.txt', type: 'text/plain', content: 'The strainer was cleaned on the third of May and held half a jellyfish.\n' },
    ];
    await ann.press('Close thread');
    await annHere.drop(dropped);
    await ann.page.getByRole('button', { name: 'Remove boiler manual.pdf' }).waitFor();
    expect(await manual.count()).toBe(0);
    await annHere.composer.fill('Everything you need to know');
    await ann.press('Send');
    await annHere
      .message('Everything you need to know')
      .getByRole('link', { name: /boiler manual\.pdf/ })
      .waitFor();
    for (const list of [files, await annHere.open('Files')]) {
      for (const { name } of dropped) await list.getByRole('listitem').filter({ hasText: name }).locator(READY).waitFor();
    }
  });

  step('ask a file: answers lead to the passage, and what it does not say it neither answers nor charges', async () => {
    await benHere.openFile('boiler manual.pdf');
    await ben.heading('boiler manual.pdf').waitFor();
    const question = ben.field('Ask this file');
    const answers = ben.page.getByRole('article', { name: 'Answer' });
    await question.fill('Who installed the boiler in the north wing?');
    await question.press('Enter');
    const answer = answers.filter({ hasText: 'Who installed the boiler' });
    await answer.getByText('Marta Kowalski').waitFor();
    await answer.getByRole('link', { name: 'Citation 1, page 1' }).click();
    await ben.at(/\?page=1&start=\d+&end=\d+$/);
    const marked = ben.page.getByRole('article', { name: 'Page 1', exact: true }).locator('mark');
    await marked.waitFor();
    expect(BOILER_FACTS[0]!.replace(/\s+/g, ' ')).toContain((await marked.innerText()).replace(/\s+/g, ' ').trim());
    await question.fill('Which penguin won the chess tournament in Lisbon?');
    await question.press('Enter');
    await answers.filter({ hasText: 'penguin' }).getByText('No evidence').waitFor();
    await ben.page.getByText('99 credits left').waitFor();
    await answers.filter({ hasText: 'penguin' }).getByText('Not charged').waitFor();
    await answer.getByRole('button', { name: 'Helpful', exact: true }).click();
    await answer.getByRole('button', { name: 'Helpful', exact: true, pressed: true }).waitFor();
  });

  step('clear what they asked, after being asked whether they mean it', async () => {
    const answers = ben.page.getByRole('article', { name: 'Answer' });
    await ben.press('Clear the history');
    await ben.press('Keep them');
    expect(await answers.count()).toBe(2);
    await ben.press('Clear the history');
    await ben.page.getByRole('dialog').getByRole('button', { name: 'Clear', exact: true }).click();
    await answers.first().waitFor({ state: 'detached' });
    await ben.heading('Questions it can answer').waitFor();
    await ben.page.getByText('An answer costs 1 credit; what is not answered costs nothing.').waitFor();
  });

  step('ask all files of the room, or some of them', async () => {
    await ben.go(`${room}/files`);
    await ben.follow('Ask');
    const question = ben.field('Ask the files of this room');
    const answers = ben.page.getByRole('article', { name: 'Answer' });
    const who = 'Who keeps the watch on Friday night?';
    await question.fill(who);
    await question.press('Enter');
    const answer = answers.filter({ hasText: who });
    await answer.getByText('Grace keeps the watch').waitFor();
    await answer.getByRole('link', { name: 'watch rota.docx' }).waitFor();
    const placeOf = async (name: string) => (await ben.page.getByRole('button', { name, exact: true }).boundingBox())!.x;
    expect((await placeOf('Clear the history')) - (await placeOf('Save the answers'))).toBeLessThan(60);
    await ben.page.getByText('Asking all files that are read').click();
    await ben.page.getByRole('checkbox', { name: 'boiler manual.pdf' }).check();
    await ben.page.getByText('Asking 1 file').waitFor();
    const again = 'Who keeps the watch on Friday?';
    await question.fill(again);
    await question.press('Enter');
    await answers.filter({ hasText: again }).getByText('Not charged').waitFor();
  });

  step('read every kind of file, each under its own address', async () => {
    for (const [name, words] of [
      ['watch rota.docx', ROTA[1]!],
      ['notes.txt', 'half a jellyfish'],
    ] as const) {
      await ann.go(`${room}/files`);
      await annHere.openFile(name);
      await ann.page.getByRole('region', { name: 'Document' }).getByText(words).waitFor();
    }
  });

  step('are helped by the bot, until the host switches it off', async () => {
    await Promise.all([ann.go(room), ben.go(room)]);
    await benHere.write('/help');
    await benHere.note('/summary').waitFor();
    await benHere.note('/summary').getByRole('button', { name: 'Dismiss note' }).click();
    await benHere.note('/summary').waitFor({ state: 'detached' });
    await benHere.write('/sumary');
    await ben.page.getByRole('alert').filter({ hasText: 'Did you mean /summary' }).waitFor();
    expect(await benHere.composer.inputValue()).toBe('/sumary');
    await benHere.write('/status --public');
    await benHere.botSays('Boiler house').waitFor();
    await benHere.write('/summary last 20');
    await benHere.note('Everything you need to know').waitFor();
    await benHere.write('/poll Steam or coal? | Steam | Coal');
    await annHere.timeline.getByRole('button', { name: /^Steam/ }).click();
    await benHere.timeline.getByRole('button', { name: 'Steam 1 · 100%' }).waitFor();

    const settings = await annHere.open('Settings');
    await settings.getByRole('switch', { name: 'Room bot' }).click();
    await benHere.timeline.getByText('Ann switched the room bot off').waitFor();
    await benHere.say('/help, please');
    await settings.getByRole('switch', { name: 'Room bot' }).click();
    await benHere.timeline.getByText('Ann switched the room bot on').waitFor();
    await benHere.write('/status --public');
    await benHere.messages.last().and(benHere.botSays('Boiler house')).waitFor();
    expect((await benHere.messages.allInnerTexts()).slice(-2)).toEqual([
      expect.stringContaining('/help, please'),
      expect.stringContaining('Boiler house'),
    ]);
  });

  step('change the room as its host; a member only reads how it is', async () => {
    const settings = annHere.panel('Settings');
    await settings.getByRole('textbox', { name: 'Topic' }).fill('Steam, and what came of it');
    await settings.getByRole('button', { name: 'Save changes' }).click();
    await ann.sees('Settings saved.');
    await benHere.header.getByText('Steam, and what came of it').waitFor();
    const facts = await benHere.open('Settings');
    await facts.getByText('Only the host changes these.').waitFor();
    expect(await facts.getByRole('button', { name: 'Save changes' }).count()).toBe(0);
    expect(await facts.getByRole('switch', { name: 'Room bot' }).isDisabled()).toBe(true);
  });

  step('go back and forth between places', async () => {
    await ann.go(room);
    await annHere.open('Members');
    await annHere.open('Pins');
    await ann.page.goBack();
    await annHere.panel('Members').waitFor();
    await ann.page.goBack();
    await ann.at(room);
    await annHere.panel('Members').waitFor({ state: 'detached' });
    await ann.page.goForward();
    await annHere.panel('Members').waitFor();
  });

  step('pass the room on: to the one who was chosen, then to whoever the room decides', async () => {
    await ann.go(`${room}/leave`);
    await ann.page.getByRole('radio', { name: 'Ben' }).check();
    await ann.press('Leave room');
    await ann.at('/rooms');
    await ann.sees('You left Boiler house.');
    await benHere.timeline.getByText('Ben is now the host').waitFor();

    await ann.go(`${room}/join`);
    await ann.field('Room password').fill(ROOM_PASSWORD);
    await ann.press('Join room');
    await ann.at(room);
    await ben.go(`${room}/leave`);
    await ben.page.getByRole('radio', { name: 'Let the room decide' }).check();
    await ben.press('Leave room');
    await ben.at('/rooms');
    await annHere.timeline.getByText('Ann is now the host').waitFor();
  });
});
