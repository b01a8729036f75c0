import { accounts } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { PASSWORD, aGrant, aUsername, anAccountsService, anOrigin, type AccountsStack } from '../../test/accounts-stack.ts';
import { aMailServer, type MailServer } from '../../test/mail-server.ts';

const DONE = 'answered without a refusal';
let stack: AccountsStack;
let mails: MailServer;
let made = 0;

beforeAll(async () => {
  mails = await aMailServer();
  stack = await anAccountsService({ ACCOUNTS_SMTP_URL: mails.url, ACCOUNTS_PUBLIC_URL: 'https://chat.example.org' });
});
afterAll(cleanUp);

const anAddress = (name: string) => `${name}${++made}@example.org`;
const change = (userId: string, patch: object) => stack.bus.call(accounts.updateMe, patch, userId);
const refused = (userId: string, patch: object) => stack.bus.refusal(accounts.updateMe, patch, userId);
const me = (userId: string) => stack.bus.call(accounts.getMe, {}, userId);
const forget = (usernameOrEmail: string) => stack.bus.call(accounts.forgotPassword, { usernameOrEmail });
const linksTo = (address: string) => mails.to(address).filter(({ text }) => text.includes('#token='));
const noticesTo = (address: string) => mails.to(address).filter(({ subject }) => subject.includes('address'));

async function aPerson(email?: string) {
  const username = aUsername();
  const { user } = await aGrant(stack.bus, { username, ...(email !== undefined && { email }) });
  return { id: user.id, username, email: email ?? '' };
}

/** That whatever was asked for before has been sent, since links are made in the order in which they are asked for. */
async function allSent() {
  const other = await aPerson(anAddress('other'));
  await forget(other.username);
  await waitFor(() => linksTo(other.email).length === 1);
}

describe('an address that was set without the password', () => {
  it('is shown, while links for a new password go to the one before, whatever is typed in', async () => {
    const ann = await aPerson(anAddress('ann'));
    const thief = anAddress('thief');
    expect(await change(ann.id, { email: thief })).toMatchObject({ email: thief, recoveryEmail: ann.email });
    expect(await me(ann.id)).toMatchObject({ email: thief, recoveryEmail: ann.email });
    for (const typed of [ann.username, thief, ann.email]) await forget(typed);
    await waitFor(() => linksTo(ann.email).length === 3);
    expect(mails.to(thief)).toEqual([]);
  });

  it('gives no link to somebody who had none', async () => {
    const bea = await aPerson();
    const shown = anAddress('bea');
    expect(await change(bea.id, { email: shown })).toMatchObject({ email: shown, recoveryEmail: null });
    for (const typed of [bea.username, shown]) await forget(typed);
    await allSent();
    expect(mails.to(shown)).toEqual([]);
  });

  it('is told to the one that counts, which still lets its owner sign in', async () => {
    const cat = await aPerson(anAddress('cat'));
    await change(cat.id, { email: anAddress('cat') });
    const { text } = await waitFor(() => noticesTo(cat.email)[0]);
    expect(text).toContain('still come to this address');
    expect(text).toContain('https://chat.example.org/profile/security');
    const grant = await stack.bus.call(accounts.logIn, { username: cat.email, password: PASSWORD, origin: anOrigin() });
    expect(grant.user.id).toBe(cat.id);
  });

  it('takes no address away from links when it is left empty', async () => {
    const dora = await aPerson(anAddress('dora'));
    expect(await change(dora.id, { email: null })).toMatchObject({ recoveryEmail: dora.email });
    await forget(dora.username);
    await waitFor(() => linksTo(dora.email).length === 1);
  });

  it('leaves the one that counts to nobody else, and its owner gets it back without the password', async () => {
    const emil = await aPerson(anAddress('emil'));
    await change(emil.id, { email: anAddress('emil') });
    const fay = await aPerson(anAddress('fay'));
    const taken = emil.email.toUpperCase();
    expect(await refused(fay.id, { email: taken })).toBe('email_taken');
    expect(await refused(fay.id, { email: taken, currentPassword: PASSWORD })).toBe('email_taken');
    const draft = { username: aUsername(), password: PASSWORD, email: taken, origin: anOrigin() };
    expect(await stack.bus.refusal(accounts.register, draft)).toBe('email_taken');
    const back = await change(emil.id, { email: emil.email });
    expect([back.email, back.recoveryEmail]).toEqual([emil.email, undefined]);
  });

  it('goes to one of two who ask for it in the moment in which a third keeps it for links', async () => {
    const gus = await aPerson(anAddress('gus'));
    const others = [await aPerson(), await aPerson()];
    const asked = [
      refused(gus.id, { email: anAddress('gus') }),
      ...others.map(({ id }) => refused(id, { email: gus.email, currentPassword: PASSWORD })),
    ];
    expect(await Promise.all(asked)).toEqual([DONE, 'email_taken', 'email_taken']);
  });

  it('is told three times in half an hour at most, however often it changes', async () => {
    const hal = await aPerson(anAddress('hal'));
    for (let i = 0; i < 5; i++) await change(hal.id, { email: anAddress('hal') });
    await waitFor(() => noticesTo(hal.email).length === 3);
    await allSent();
    expect(noticesTo(hal.email)).toHaveLength(3);
  });
});

describe('an address that was set with the password', () => {
  it('is where links go from then on; the one before is told, and links that lie there are void', async () => {
    const ida = await aPerson(anAddress('ida'));
    await forget(ida.username);
    const { text } = await waitFor(() => linksTo(ida.email)[0]);
    const token = /#token=([\w-]+)/.exec(text)![1]!;
    const next = anAddress('ida');
    const changed = await change(ida.id, { email: next, currentPassword: PASSWORD });
    expect([changed.email, changed.recoveryEmail]).toEqual([next, undefined]);
    expect((await waitFor(() => noticesTo(ida.email)[0])).text).toContain('no longer come to this address');
    expect(await stack.bus.refusal(accounts.resetPassword, { token, password: 'another staple entirely' })).toBe('reset_link_invalid');
    await forget(next);
    await waitFor(() => linksTo(next).length === 1);
    expect((await aPerson(ida.email)).email).toBe(ida.email);
  });

  it('may be the one that is shown already', async () => {
    const jan = await aPerson();
    const email = anAddress('jan');
    await change(jan.id, { email });
    expect((await change(jan.id, { email, currentPassword: PASSWORD })).recoveryEmail).toBeUndefined();
    await forget(jan.username);
    await waitFor(() => linksTo(email).length === 1);
  });

  it('changes with nothing else while the password is wrong, which counts like at the change of a password', async () => {
    const kai = await aPerson(anAddress('kai'));
    const patch = { email: anAddress('kai'), displayName: 'Kai the Second' };
    for (let i = 0; i < 5; i++) {
      expect(await refused(kai.id, { ...patch, currentPassword: `guess ${i}` })).toBe('wrong_password');
      expect(await stack.bus.refusal(accounts.changePassword, { current: `guess ${i}`, next: 'another staple entirely' }, kai.id)).toBe(
        'wrong_password',
      );
    }
    expect(await refused(kai.id, { ...patch, currentPassword: PASSWORD })).toBe('too_many_attempts');
    expect(await me(kai.id)).toMatchObject({ email: kai.email, displayName: kai.username });
  });
});

it('an address is given free by an account that is closed, also where it counted for links alone', async () => {
  const lea = await aPerson(anAddress('lea'));
  await change(lea.id, { email: anAddress('lea') });
  await stack.bus.call(accounts.closeAccount, { password: PASSWORD }, lea.id);
  expect((await aPerson(lea.email)).email).toBe(lea.email);
});
