import { AppError, accounts } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { PASSWORD, aGrant, aUsername, anAccountsService, anOrigin, type AccountsStack } from '../../test/accounts-stack.ts';

let stack: AccountsStack;

beforeAll(async () => {
  stack = await anAccountsService();
  await aGrant(stack.bus, { username: 'wilhelm.olson', displayName: 'Ann Bell' });
});
afterAll(cleanUp);

const outcome = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'taken',
    (error: AppError) => [error.code, ...(error.data.errors ?? []).map(({ path }) => path)],
  );
const register = (draft: { username?: string; displayName?: string }) =>
  outcome(stack.bus.call(accounts.register, { username: aUsername(), password: PASSWORD, origin: anOrigin(), ...draft }));
const rename = async (displayName: string) => {
  const { user } = await aGrant(stack.bus);
  return outcome(stack.bus.call(accounts.updateMe, { displayName }, user.id));
};

describe('a name that imitates', () => {
  it.each(['Room bot', 'Rооm bоt', 'R\u200boom\u2060 bot', 'room-b0t', 'Аtrium'])(
    'the product is refused at registration and later: %j',
    async (name) => {
      expect(await register({ displayName: name })).toEqual(['validation_failed', 'displayName']);
      expect(await rename(name)).toEqual(['validation_failed', 'displayName']);
    },
  );

  it.each(['Аnn Bell', 'Ann\u200b Bell', 'Ann BeIl', 'wilhe1m.olson', 'wilhelm.0lson'])(
    'somebody else is refused at registration and later: %j',
    async (name) => {
      expect(await register({ displayName: name })).toEqual(['validation_failed', 'displayName']);
      expect(await rename(name)).toEqual(['validation_failed', 'displayName']);
    },
  );

  it.each(['wilhe1m.olson', 'wilhelm.0lson'])('somebody else’s username is refused: %s', async (username) => {
    expect(await register({ username })).toEqual(['username_taken']);
  });

  it('somebody whose account is older than this check is refused once the service has started', async () => {
    await stack.database.query(`update accounts.users set username_skeleton = null, display_skeleton = null`);
    expect(await rename('Аnn Bell')).toBe('taken');
    await stack.database.query(
      `update accounts.users set display_name = username, username_skeleton = null where display_name <> 'Ann Bell'`,
    );
    await stack.startAnother();
    expect(await rename('Ann BeIl')).toEqual(['validation_failed', 'displayName']);
  });
});

describe('a name that only happens to be alike', () => {
  it.each(['Ann Bell', 'ANN BELL', 'Anne Bell', 'Ann Bél', 'Ann 👩‍💻', 'Анна'])('is taken: %s', async (name) => {
    expect(await register({ displayName: name })).toBe('taken');
  });

  it('may be one’s own again, written differently', async () => {
    const { user } = await aGrant(stack.bus, { displayName: 'Cleo Olsen' });
    expect(await outcome(stack.bus.call(accounts.updateMe, { displayName: 'CIeo Olsen' }, user.id))).toBe('taken');
  });
});
