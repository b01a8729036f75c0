import { cleanUp } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { PHONE } from './support/eyes.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

describe('a name that is longer than a phone is wide', () => {
  it.each([
    ['saved messages', '/saved'],
    ['threads', '/threads'],
  ])('stands beside its picture among %s, and ends in dots', async (_list, path) => {
    const self = await Person.register('ann');
    await self.do('PATCH', '/api/me', { displayName: 'Benedict Annan-Featherstonehaugh of Lower Wapping and Millwall' });
    const room = await self.createRoom();
    const root = await self.say(room, 'Is anybody there?');
    await self.say(room, 'I am.', { parentId: root.id });
    await self.do('PUT', `/api/me/saved/${root.id}`);
    const ann = await Window.open({ viewport: PHONE });
    await ann.go('/sign-in');
    await ann.signIn(self.user.username);
    await ann.go(path);
    const item = ann.page.getByRole('listitem').filter({ hasText: 'Is anybody there?' });
    const name = item.getByRole('button', { name: /^Benedict Annan/ });
    const [picture, words] = [await item.locator('header > *').first().boundingBox(), await name.boundingBox()];
    expect(words!.y).toBeLessThan(picture!.y + picture!.height);
    expect(words!.x).toBeGreaterThan(picture!.x + picture!.width);
    expect(words!.x + words!.width).toBeLessThanOrEqual(PHONE.width);
  });
});
