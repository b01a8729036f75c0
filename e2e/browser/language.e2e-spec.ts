import { cleanUp } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

const languageOf = (window: Window) => window.page.evaluate(() => document.documentElement.lang);
const overflow = (window: Window) =>
  window.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('the language of the page', () => {
  it('is the browser’s before one signs in, and English where the browser’s is not spoken', async () => {
    const german = await Window.open({ locale: 'de-CH' });
    await german.go('/sign-in');
    await german.page.getByRole('button', { name: 'Anmelden', exact: true }).waitFor();
    expect(await languageOf(german)).toBe('de');
    const other = await Window.open({ locale: 'fi-FI' });
    await other.go('/sign-in');
    await other.page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    expect(await languageOf(other)).toBe('en');
  });

  it('is chosen on the profile, without losing the place, and holds on every device', async () => {
    const self = await Person.register('ann');
    const ann = await Window.open();
    await ann.go('/sign-in');
    await ann.signIn(self.user.username);
    await ann.go('/profile');
    await ann.page.getByRole('combobox', { name: 'Language' }).click();
    await ann.page.getByRole('option', { name: 'Tiếng Việt' }).click();
    await ann.page.getByRole('button', { name: 'Lưu hồ sơ' }).waitFor();
    expect([await languageOf(ann), ann.path]).toEqual(['vi', '/profile']);
    await ann.page.reload();
    await ann.page.getByRole('button', { name: 'Lưu hồ sơ' }).waitFor();

    const phone = await Window.open();
    await phone.go('/sign-in');
    await phone.signIn(self.user.username);
    await phone.page.getByRole('navigation', { name: 'Phòng' }).waitFor();
    expect([...ann.complaints, ...phone.complaints]).toEqual([]);
  });

  it.each([360, 820, 1280])('may be two fifths longer than English: nothing overflows at %i px', async (width) => {
    const self = await Person.register('ben');
    const room = await self.createRoom();
    await self.say(room, 'Here already.');
    const ben = await Window.open({ viewport: { width, height: 800 } });
    await ben.go('/sign-in');
    await ben.signIn(self.user.username);
    await ben.page.evaluate(() => localStorage.setItem('atrium.language', 'en-XA'));
    for (const place of ['', '/members', '/files', '/settings']) {
      await ben.go(`/rooms/${room.id}${place}`);
      await ben.page.getByText('Here already.').first().waitFor({ state: 'attached' });
      expect([place, await overflow(ben)]).toEqual([place, 0]);
    }
    expect(await languageOf(ben)).toBe('en-XA');
  });

  it.each([360, 820, 1280])('may be read from the right: the rooms stand there, and nothing overflows at %i px', async (width) => {
    const self = await Person.register('ben');
    const room = await self.createRoom();
    await self.say(room, 'مرحبا بالجميع');
    const ben = await Window.open({ viewport: { width, height: 800 } });
    await ben.go('/sign-in');
    await ben.signIn(self.user.username);
    await ben.page.evaluate(() => localStorage.setItem('atrium.language', 'ar'));
    for (const place of ['', '/members', '/files', '/settings']) {
      await ben.go(`/rooms/${room.id}${place}`);
      await ben.page.getByText('مرحبا بالجميع').first().waitFor({ state: 'attached' });
      expect([place, await overflow(ben)]).toEqual([place, 0]);
    }
    expect(await ben.page.evaluate(() => document.documentElement.dir)).toBe('rtl');
    if (width > 1000) {
      const rail = (await ben.page.getByRole('navigation', { name: 'Rooms' }).boundingBox())!;
      expect(rail.x + rail.width).toBe(width);
    }
  });
});
