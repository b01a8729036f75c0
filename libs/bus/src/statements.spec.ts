import { jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { publicKeyOf, readBusKeys } from './bus-keys.ts';
import { Statements } from './statements.ts';

const aKey = () => randomBytes(32).toString('base64url');
const ann = { actorId: 'ann', actorRole: 'admin' as const, sessionId: 'session' };

/** A process that signs with a key and knows the gateway by these. */
function aProcess(process: string, own: string, ...gatewayKeys: string[]): Statements {
  return new Statements(process, readBusKeys(own, gatewayKeys.map((key) => `gateway:${publicKeyOf(key)}`).join(',')));
}

describe('a statement', () => {
  const [key, nextKey] = [aKey(), aKey()];
  let now: number;
  beforeEach(() => {
    now = Date.parse('2026-01-01T00:00:00Z');
    jest.spyOn(Date, 'now').mockImplementation(() => now);
  });
  afterEach(() => jest.restoreAllMocks());

  it('says who a call is for to whoever knows the key it is signed with', () => {
    const statement = aProcess('gateway', key, key).ofActor(ann);
    expect(aProcess('rooms', aKey(), key).readActor(statement)).toEqual({ ...ann, vouchedBy: 'gateway' });
  });

  it('counts with either of two keys while they are exchanged, and not with one that was taken out', () => {
    const statement = aProcess('gateway', nextKey, key).ofActor(ann);
    expect(aProcess('rooms', aKey(), key, nextKey).readActor(statement)).toMatchObject({ actorId: 'ann' });
    expect(() => aProcess('rooms', aKey(), key).readActor(statement)).toThrow('unauthenticated');
  });

  it('is used again for minutes, and made anew long before it ends', () => {
    const gateway = aProcess('gateway', key, key);
    const first = gateway.ofActor(ann);
    now += 2 * 60_000;
    expect(gateway.ofActor(ann)).toBe(first);
    now += 2 * 60_000;
    expect(gateway.ofActor(ann)).not.toBe(first);
  });

  it('ends after minutes, also for a service that has seen it before', () => {
    const rooms = aProcess('rooms', aKey(), key);
    const statement = aProcess('gateway', key, key).ofActor(ann);
    expect(rooms.readActor(statement)).toMatchObject({ actorId: 'ann' });
    now += 6 * 60_000;
    expect(() => rooms.readActor(statement)).toThrow('unauthenticated');
  });

  it('is not made for an id that could pass for several fields', () => {
    expect(() => aProcess('gateway', key, key).ofActor({ actorId: 'ann|admin' })).toThrow('contains "|"');
  });
});

describe('the keys of the bus', () => {
  it.each([
    ['a private key that is too short', 'abc', 'gateway:abc'],
    ['a public key that is too short', aKey(), 'gateway:abc'],
    ['an entry without a process', aKey(), aKey()],
  ])('are refused with %s, naming it', (_what, own, publicKeys) => {
    expect(() => readBusKeys(own, publicKeys)).toThrow(/BUS_|gateway/);
  });
});
