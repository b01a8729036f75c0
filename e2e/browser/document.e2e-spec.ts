import { join } from 'node:path';
import type { Answer, Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import type { Locator } from 'playwright-core';
import { BOILER_FACTS, aPdf } from '../support/documents.ts';
import { Person } from '../support/person.ts';
import { DESK, PHONE, objections } from './support/eyes.ts';
import { RoomWindow } from './support/room-window.ts';
import { screenshots } from './support/screenshots.ts';
import { aStory } from './support/story.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

const TABLET = { width: 820, height: 1180 };
const FILLERS = Array.from({ length: 12 }, (_page, index) => `Page ${index} tells of nothing in particular.`);

describe('who wants to see where it stands', () => {
  const step = aStory('document');
  let window: Window;
  let here: RoomWindow;
  let room: Room;

  beforeAll(async () => {
    const ann = await Person.register('ann');
    room = await ann.createRoom({ name: 'Boiler house' });
    const files = [
      await ann.upload(room, 'manual.pdf', await aPdf([...FILLERS, ...BOILER_FACTS]), '?draft=1'),
      await ann.upload(room, 'log.txt', `${'Nothing happened that day.\n'.repeat(300)}The whistle of the yard was silent.\n`, '?draft=1'),
    ];
    await Promise.all(files.map((file) => ann.settled(file)));
    await ann.say(room, 'Read these', { fileIds: files.map(({ id }) => id) });
    await ann.do<Answer>('POST', `/api/rooms/${room.id}/ask`, { question: 'When was the boiler in the north wing installed?' });
    window = await Window.open({ viewport: DESK });
    here = new RoomWindow(window);
    await window.go('/sign-in');
    await window.signIn(ann.user.username);
    await window.go(`/rooms/${room.id}`);
  }, 120_000);

  const document = () => here.panel('Document');
  const passage = () => document().locator('mark').first();
  const isInSight = async (place: Locator) => {
    await place.waitFor();
    const { y, height } = (await place.boundingBox())!;
    return y > 0 && y + height < window.page.viewportSize()!.height;
  };

  step('opens a PDF from the conversation as it was made, beside what is said, and closes it by a key', async () => {
    await here
      .message('Read these')
      .getByRole('link', { name: /manual\.pdf/ })
      .click();
    await document().getByRole('article', { name: 'Page 1', exact: true }).locator('canvas').waitFor();
    expect(await document().getByRole('article').count()).toBe(FILLERS.length + BOILER_FACTS.length);
    expect(await isInSight(here.message('Read these'))).toBe(true);
    expect(await isInSight(document().getByRole('heading', { name: 'manual.pdf' }))).toBe(true);
    await window.page.keyboard.press('Escape');
    await document().waitFor({ state: 'detached' });
    await here
      .message('Read these')
      .getByRole('link', { name: /manual\.pdf/, exact: false })
      .waitFor();
  });

  step('follows a quote of an answer to the page of the PDF where it is marked, and goes back to the answer', async () => {
    await window.go(`/rooms/${room.id}/ask`);
    await here.panel('Ask the files').getByRole('link', { name: 'Citation 1, page 13' }).click();
    expect(await isInSight(passage())).toBe(true);
    const page = document().getByRole('article', { name: 'Page 13', exact: true });
    expect(await page.locator('mark').count()).toBeGreaterThan(0);
    const words = page.getByText('The boiler in the north wing').first();
    const [mark, text] = [(await passage().boundingBox())!, (await words.boundingBox())!];
    expect(Math.abs(mark.y - text.y)).toBeLessThan(3);
    expect(Math.abs(mark.x - text.x)).toBeLessThan(3);
    expect(mark.width).toBeGreaterThan(200);
    expect(await isInSight(document().getByRole('heading', { name: 'manual.pdf' }))).toBe(true);
    await window.page.getByRole('button', { name: 'Back', exact: true }).click();
    await here.panel('Ask the files').getByRole('article', { name: 'Answer' }).waitFor();
  });

  step('finds it in place again after a reload, in the text as well, and on a phone over the conversation', async () => {
    await window.page.goForward();
    await passage().waitFor();
    await window.page.reload();
    expect(await isInSight(passage())).toBe(true);
    await document().getByText('Text', { exact: true }).click();
    expect(await isInSight(passage())).toBe(true);
    expect(await passage().textContent()).toBe(BOILER_FACTS[0]);
    await document().getByText('Pages', { exact: true }).click();
    await document().locator('canvas').first().waitFor();
    for (const viewport of [DESK, TABLET, PHONE]) {
      await window.page.setViewportSize(viewport);
      await window.page.reload();
      expect(await isInSight(passage())).toBe(true);
      expect(await objections(window.page, 'aside[aria-label="Document"]')).toEqual([]);
      await window.page.screenshot({ path: join(screenshots, `document-${viewport.width}.png`) });
    }
    await window.page.getByRole('button', { name: 'Close document' }).click();
    await here.composer.waitFor();
    await window.page.setViewportSize(DESK);
  });

  step('opens a hit of a search in a text at its passage', async () => {
    await window.go(`/rooms/${room.id}/search?q=whistle&here=1`);
    await here
      .panel('Search')
      .getByRole('list', { name: 'Search results' })
      .getByRole('link', { name: /log\.txt/ })
      .click();
    expect(await isInSight(passage())).toBe(true);
    await window.page.getByRole('button', { name: 'Back', exact: true }).click();
    await here.panel('Search').waitFor();
    expect(window.complaints).toEqual([]);
  });
});
