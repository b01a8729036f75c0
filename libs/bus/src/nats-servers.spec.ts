import { natsServers } from './nats-servers.ts';

describe('the address of NATS', () => {
  it.each([
    ['nats://host:4222', { servers: ['host:4222'] }],
    ['host:4222', { servers: ['host:4222'] }],
    ['nats://one:4222, nats://two:4333', { servers: ['one:4222', 'two:4333'] }],
    ['nats://ann:12%3Ab@host:4222', { servers: ['host:4222'], user: 'ann', pass: '12:b' }],
    ['nats://ann:secret@one:4222,nats://ann:secret@two:4222', { servers: ['one:4222', 'two:4222'], user: 'ann', pass: 'secret' }],
    ['nats://token@host:4222', { servers: ['host:4222'], token: 'token' }],
    ['tls://ann:secret@host:4222', { servers: ['host:4222'], user: 'ann', pass: 'secret', tls: {} }],
    ['nats://[::1]:4222', { servers: ['[::1]:4222'] }],
  ])('%s is read with its credential', (address, expected) => {
    expect(natsServers(address)).toEqual(expected);
  });
});
