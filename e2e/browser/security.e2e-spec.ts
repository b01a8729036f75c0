import { cleanUp } from '@atrium/testing';
import { TOTP } from 'otpauth';
import { PASSWORD, Person, request } from '../support/person.ts';
import { aStory } from './support/story.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

const NEXT = 'another staple entirely';
const PERIOD_MS = 30_000;

describe('a person can find by themselves where to', () => {
  const step = aStory('security');
  let self: Person;
  let ann: Window;
  let secret: string;
  let recoveryCode: string;

  beforeAll(async () => {
    self = await Person.register('ann');
    ann = await Window.open();
    await ann.go('/sign-in');
    await ann.signIn(self.user.username);
    await ann.account.click();
    await ann.page.getByRole('menuitem', { name: 'Profile' }).click();
  }, 90_000);

  const codeOf = (periods: number) =>
    new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 }).generate({ timestamp: Date.now() + periods * PERIOD_MS });
  const signOut = async () => {
    await ann.account.click();
    await ann.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await ann.heading('Sign in').waitFor();
  };
  const enterPassword = async (password: string) => {
    await ann.field('Username or e-mail').fill(self.user.username);
    await ann.field('Password').fill(password);
    await ann.press('Sign in');
  };

  step('change the password, which signs the other devices out', async () => {
    await ann.follow('Security');
    await ann.field('Current password').fill('not the password');
    await ann.field('New password').fill(NEXT);
    await ann.press('Change password');
    await ann.sees('The password is wrong');
    await ann.field('Current password').fill(PASSWORD);
    await ann.press('Change password');
    await ann.sees('Password changed');
    expect(await self.refusal('GET', '/api/me')).toEqual([401, 'session_revoked']);
  });

  step('set up a second factor with the picture or the key, and keep the recovery codes', async () => {
    await ann.press('Set up');
    await ann.page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
    secret = (await ann.page.getByLabel('Key for your authenticator app').innerText()).replace(/\s/g, '');
    await ann.field('Code').fill(codeOf(-1));
    await ann.press('Turn on');
    const codes = ann.page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await codes.first().waitFor();
    expect(await codes.count()).toBe(10);
    recoveryCode = await codes.first().innerText();
    await ann.press('I have kept them');
    await ann.sees('10 of 10 recovery codes are left');
  });

  step('sign in with a code of the app, or a recovery code', async () => {
    await signOut();
    await enterPassword(NEXT);
    await ann.field('Code').fill('000000');
    await ann.press('Sign in');
    await ann.sees('The code is wrong');
    await ann.field('Code').fill(codeOf(0));
    await ann.press('Sign in');
    await ann.heading('Sign in').waitFor({ state: 'detached' });
    await signOut();
    await enterPassword(NEXT);
    await ann.field('Code').fill(recoveryCode);
    await ann.press('Sign in');
    await ann.heading('Sign in').waitFor({ state: 'detached' });
  });

  step('make a token for a script, which does what it was made for until it is revoked', async () => {
    await ann.go('/profile/tokens');
    await ann.field('Token name').fill('Backup');
    await ann.page.getByRole('checkbox', { name: 'See rooms and members' }).check();
    await ann.press('Make a token');
    const token = (await ann.page.getByLabel('Access token', { exact: true }).innerText()).trim();
    await ann.press('I have kept it');
    const call = async (method: string, path: string) => {
      const { status, body } = await request<{ code?: string }>(method, path, { token });
      return body.code ?? status;
    };
    expect(await call('GET', '/api/rooms')).toBe(200);
    expect(await call('POST', '/api/rooms')).toBe('insufficient_scope');
    await ann.press('Revoke Backup');
    await ann.page.getByRole('list', { name: 'Access tokens' }).waitFor({ state: 'detached' });
    expect(await call('GET', '/api/rooms')).toBe('unauthenticated');
  });

  step('turn the second factor off again', async () => {
    await ann.go('/profile/security');
    await ann.field('Your password').fill(NEXT);
    await ann.press('Turn off');
    await ann.page.getByRole('button', { name: 'Set up' }).waitFor();
  });

  step('have links for a new password sent to another address, which takes the password', async () => {
    const address = `${self.user.username}@example.org`;
    await ann.go('/profile');
    await ann.field('E-mail').fill(address);
    await ann.sees('once you confirm it with your password');
    await ann.press('Save profile');
    await ann.sees('Profile saved');
    await ann.field('Current password').fill('not the password');
    await ann.press('Save profile');
    await ann.sees('The password is wrong');
    await ann.field('Current password').fill(NEXT);
    await ann.press('Save profile');
    await ann.field('Current password').waitFor({ state: 'detached' });
    await ann.field('E-mail').fill(`new-${address}`);
    await ann.sees(`still sent to ${address}`);
    await ann.press('Save profile');
    await ann.page.reload();
    await ann.sees(`still sent to ${address}`);
  });

  step('ask for a link when the password is forgotten, and hear when one does not work', async () => {
    await signOut();
    await ann.go('/sign-in?next=%2Fsaved');
    await ann.field('Username or e-mail').fill(self.user.username);
    await ann.follow('Forgot your password?');
    await ann.heading('Forgot your password?').waitFor();
    expect(await ann.field('Username or e-mail').inputValue()).toBe(self.user.username);
    await ann.follow('Back to sign in');
    await ann.at('/sign-in?next=%2Fsaved');
    expect(await ann.field('Username or e-mail').inputValue()).toBe(self.user.username);
    await ann.follow('Forgot your password?');
    await ann.heading('Forgot your password?').waitFor();
    await ann.press('Send me a link');
    await ann.sees('a link is on its way');
    await ann.go('/reset-password#token=nothing');
    await ann.field('New password').fill(PASSWORD);
    await ann.press('Change password');
    await ann.sees('This link does not work any more');
  });

  step('take everything about oneself along, and close the account', async () => {
    await ann.go('/sign-in');
    await enterPassword(NEXT);
    await ann.heading('Sign in').waitFor({ state: 'detached' });
    await ann.go('/profile/account');
    const [download] = await Promise.all([ann.page.waitForEvent('download'), ann.press('Export my data')]);
    expect(download.suggestedFilename()).toBe(`atrium-${self.user.username}.zip`);
    await ann.press('Close my account…');
    await ann.field('Your password').fill(PASSWORD);
    await ann.press('Close my account for good');
    await ann.sees('The password is wrong');
    await ann.field('Your password').fill(NEXT);
    await ann.press('Close my account for good');
    await ann.heading('Sign in').waitFor();
    await enterPassword(NEXT);
    await ann.sees('The username or the password is wrong');
  });
});
