import { cleanUp } from '@atrium/testing';
import { PASSWORD, Person } from '../support/person.ts';
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

  it('is what the bot says to one person in, and what goes wrong is told in; the whole room is spoken to in its own', async () => {
    const self = await Person.register('carl');
    const room = await self.createRoom();
    const carl = await Window.open({ locale: 'de-CH' });
    await carl.go('/sign-in');
    await carl.page.getByLabel('Benutzername').fill(self.user.username);
    await carl.page.getByLabel('Passwort', { exact: true }).fill('not the password');
    await carl.page.getByRole('button', { name: 'Anmelden', exact: true }).click();
    await carl.page.getByText('Der Benutzername oder das Passwort ist falsch.').waitFor();
    await carl.page.getByLabel('Passwort', { exact: true }).fill(PASSWORD);
    await carl.page.getByRole('button', { name: 'Anmelden', exact: true }).click();
    await carl.page.getByRole('navigation', { name: 'Räume' }).waitFor();
    await carl.go(`/rooms/${room.id}`);
    const composer = carl.page.getByRole('textbox', { name: /^Nachricht an / });
    await composer.fill('/remind yesterday water the roses');
    await carl.page.getByText(/^wann liegt in der Vergangenheit/).waitFor();
    await composer.fill('/help ');
    await composer.press('Enter');
    await carl.page
      .getByRole('article', { name: /nur für dich/i })
      .getByText('Was ich kann')
      .waitFor();
    await composer.fill('/help --public');
    await composer.press('Enter');
    await carl.page.getByText('What I can do', { exact: true }).waitFor();
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
