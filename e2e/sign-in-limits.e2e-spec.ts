import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { Problem } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { PASSWORD, Person } from './support/person.ts';
import { anyGateway } from './support/stack.ts';

afterAll(cleanUp);

type From = { address: string; cookie?: string; headers?: Record<string, string> };
type Answer = { status: number; code: string | undefined; retryAfter: number; cookie: string; body: Partial<Problem> };

let addresses = 0;
const run = Math.floor(Math.random() * 200);
/** An address of this machine that nothing else comes from. */
const anAddress = () => `127.${run + 20}.${1 + Math.floor(addresses / 200)}.${1 + (addresses++ % 200)}`;

/** Each time at another gateway, from the address that is named. */
async function post(path: string, body: object, { address, cookie, headers }: From): Promise<Answer> {
  const at = new URL(path, anyGateway());
  return new Promise((resolve, reject) => {
    const request = httpRequest(at, {
      method: 'POST',
      family: 4,
      agent: false,
      localAddress: address,
      headers: { 'content-type': 'application/json', ...(cookie && { cookie }), ...headers },
    });
    request.on('error', reject);
    request.on('response', (reply) => {
      let text = '';
      reply.setEncoding('utf8');
      reply.on('data', (part: string) => (text += part));
      reply.on('end', () => {
        const read = JSON.parse(text) as Partial<Problem>;
        const device = reply.headers['set-cookie']?.find((one) => one.startsWith('atrium_device=')) ?? '';
        const retryAfter = Number(reply.headers['retry-after'] ?? 0);
        resolve({ status: reply.statusCode!, code: read.code, retryAfter, cookie: device.split(';')[0]!, body: read });
      });
    });
    request.end(JSON.stringify(body));
  });
}

const logIn = (username: string, password: string, from: From) => post('/api/auth/login', { username, password }, from);
const guess = (username: string, from: From) => logIn(username, `guess ${randomUUID()}`, from);

/** The answers to guesses made one after the other. */
async function guesses(count: number, make: () => Promise<Answer>): Promise<string[]> {
  const answers: string[] = [];
  for (let i = 0; i < count; i++) {
    const { status, code } = await make();
    answers.push(`${status} ${code}`);
  }
  return [...new Set(answers)];
}

const WRONG = '401 wrong_credentials';
const SHUT = '429 too_many_attempts';
const codeOf = ({ status, code }: Answer) => (status === 200 ? 'in' : `${status} ${code}`);

describe('wrong passwords, counted over all gateways,', () => {
  it('shut one account after ten, for fifteen minutes, by name and e-mail and in any case, whatever the address', async () => {
    const { username } = (await Person.register('shut')).user;
    expect(await guesses(5, () => guess(username, { address: anAddress() }))).toEqual([WRONG]);
    expect(await guesses(5, () => guess(username.toUpperCase(), { address: anAddress() }))).toEqual([WRONG]);
    const refused = await logIn(username, PASSWORD, { address: anAddress() });
    expect(codeOf(refused)).toBe(SHUT);
    expect(refused.retryAfter).toBeGreaterThan(840);
    expect(refused.retryAfter).toBeLessThanOrEqual(900);
    expect(refused.body.detail).toContain('15 min');
  });

  it('shut nobody else of the same address, where a hundred may be wrong', async () => {
    const office = { address: anAddress() };
    const [one, other] = [(await Person.register('one')).user.username, (await Person.register('other')).user.username];
    expect(await guesses(10, () => guess(one, office))).toEqual([WRONG]);
    expect(codeOf(await logIn(one, PASSWORD, office))).toBe(SHUT);
    expect(codeOf(await logIn(other, PASSWORD, office))).toBe('in');
  });

  it('shut an address after a hundred over many names, known or not, and not the people, who get in from elsewhere', async () => {
    const office = { address: anAddress() };
    const { username } = (await Person.register('inn')).user;
    // Names as they are asked for, whatever a header says of where the request comes from.
    const forged = () => ({ ...office, headers: { 'x-forwarded-for': `198.51.100.${Math.floor(Math.random() * 250)}` } });
    expect(await guesses(9, () => guess(username, office))).toEqual([WRONG]);
    expect(await guesses(91, () => guess(`nobody-${randomUUID().slice(0, 8)}`, forged()))).toEqual([WRONG]);
    expect(codeOf(await logIn(username, PASSWORD, forged()))).toBe(SHUT);
    expect(codeOf(await logIn(username, PASSWORD, { address: anAddress() }))).toBe('in');
  });

  it('do not shut out a device that signed in before, which is counted by itself', async () => {
    const { username } = (await Person.register('dev')).user;
    const home = anAddress();
    const known = await logIn(username, PASSWORD, { address: home });
    expect(known.cookie).not.toBe('');
    expect(await guesses(10, () => guess(username, { address: anAddress() }))).toEqual([WRONG]);
    expect(codeOf(await logIn(username, PASSWORD, { address: home }))).toBe(SHUT);
    const again = await logIn(username, PASSWORD, { address: home, cookie: known.cookie });
    expect(codeOf(again)).toBe('in');
    expect(await guesses(10, () => guess(username, { address: home, cookie: again.cookie }))).toEqual([WRONG]);
    expect(codeOf(await logIn(username, PASSWORD, { address: home, cookie: again.cookie }))).toBe(SHUT);
  });

  it('of a device that somebody else signed in from count for the account', async () => {
    const [victim, other] = [(await Person.register('vic')).user.username, (await Person.register('oth')).user.username];
    const stranger = { address: anAddress(), cookie: (await logIn(other, PASSWORD, { address: anAddress() })).cookie };
    expect(await guesses(10, () => guess(victim, stranger))).toEqual([WRONG]);
    expect(codeOf(await logIn(victim, PASSWORD, { address: anAddress() }))).toBe(SHUT);
    expect(codeOf(await logIn(other, PASSWORD, stranger))).toBe('in');
  });

  it('are forgotten when the owner gets in', async () => {
    const { username } = (await Person.register('own')).user;
    for (let round = 0; round < 2; round++) {
      expect(await guesses(9, () => guess(username, { address: anAddress() }))).toEqual([WRONG]);
      expect(codeOf(await logIn(username, PASSWORD, { address: anAddress() }))).toBe('in');
    }
  });

  it('gain nothing by being sent at once: ten are answered', async () => {
    const { username } = (await Person.register('rush')).user;
    const answers = await Promise.all(Array.from({ length: 24 }, () => guess(username, { address: anAddress() })));
    expect(answers.filter((answer) => codeOf(answer) === WRONG)).toHaveLength(10);
    expect(answers.filter((answer) => codeOf(answer) === SHUT)).toHaveLength(14);
  });

  it('shut a name that nobody has in the same way, so that it does not tell', async () => {
    const name = `ghost-${randomUUID().slice(0, 8)}`;
    expect(await guesses(10, () => guess(name, { address: anAddress() }))).toEqual([WRONG]);
    expect(codeOf(await guess(name, { address: anAddress() }))).toBe(SHUT);
  });

  it('end no session: who is signed in stays so, and renews it', async () => {
    const person = await Person.register('stay');
    expect(await guesses(10, () => guess(person.user.username, { address: anAddress() }))).toEqual([WRONG]);
    expect((await person.call('GET', '/api/me')).status).toBe(200);
    const refresh = { refreshToken: person.refreshToken, tokenTransport: 'body' };
    expect(codeOf(await post('/api/auth/refresh', refresh, { address: anAddress() }))).toBe('in');
  });
});
