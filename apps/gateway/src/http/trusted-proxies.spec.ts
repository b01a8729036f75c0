import { busConfigOf } from '@atrium/testing';
import type { IncomingMessage } from 'node:http';
import { configSchema } from '../config.ts';
import { TrustedProxies } from './trusted-proxies.ts';

const urls = { ...busConfigOf('gateway', '127.0.0.1:1'), REDIS_URL: 'redis://127.0.0.1:1' };
const proxiesOf = (setting: string) =>
  new TrustedProxies(configSchema.parse({ ...urls, GATEWAY_TRUST_PROXY: setting }).GATEWAY_TRUST_PROXY);
const from = (remoteAddress: string, forwardedFor?: string, forwardedHost?: string) =>
  ({
    socket: { remoteAddress },
    headers: { host: 'gateway:3000', 'x-forwarded-for': forwardedFor, 'x-forwarded-host': forwardedHost },
  }) as unknown as IncomingMessage;

describe('the address of a client', () => {
  it.each([
    ['off', '127.0.0.1', '203.0.113.9', '127.0.0.1'],
    ['on', '127.0.0.1', '203.0.113.9', '127.0.0.1'],
    ['loopback', '127.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['loopback', '::1', '203.0.113.9', '203.0.113.9'],
    ['loopback', '10.0.0.1', '203.0.113.9', '10.0.0.1'],
    ['uniquelocal', '::ffff:172.18.0.5', '203.0.113.9', '203.0.113.9'],
    ['10.0.0.0/8, 127.0.0.1', '127.0.0.1', '198.51.100.1, 203.0.113.9, 10.2.3.4', '203.0.113.9'],
    ['10.0.0.0/8', '10.0.0.1', '10.0.0.2, 10.0.0.3', '10.0.0.2'],
    ['10.0.0.1', '10.0.0.1', '203.0.113.9, 10.0.0.2', '10.0.0.2'],
    ['loopback', '127.0.0.1', undefined, '127.0.0.1'],
    ['loopback', '127.0.0.1', '203.0.113.9, somebody', '127.0.0.1'],
    ['loopback', '127.0.0.1', '', '127.0.0.1'],
    ['loopback', '127.0.0.1', '203.0.113.9:4711', '203.0.113.9'],
    ['loopback', '127.0.0.1', '[2001:db8::1]:4711', '2001:db8::1'],
    ['loopback', '127.0.0.1', '2001:db8::1', '2001:db8::1'],
  ])('with %s trusted, called from %s and told "%s", is %s', (setting, remote, forwarded, address) => {
    expect(proxiesOf(setting).addressOf(from(remote, forwarded))).toBe(address);
  });

  it('cannot be looked for behind proxies that are none', () => {
    const parse = (setting: string) => configSchema.safeParse({ ...urls, GATEWAY_TRUST_PROXY: setting });
    for (const setting of ['yes', '10.0.0.0/64', '1.2.3', 'proxy.example.org', '1']) {
      expect(parse(setting).error?.issues[0]?.message).toMatch(/must be off, or addresses/);
    }
  });
});

describe('the host that a client asked for', () => {
  it('is what a trusted proxy says, and nobody else', () => {
    expect(proxiesOf('loopback').hostOf(from('127.0.0.1', '203.0.113.9', 'evil.example, chat.example.org'))).toBe('chat.example.org');
    expect(proxiesOf('loopback').hostOf(from('203.0.113.9', undefined, 'chat.example.org'))).toBe('gateway:3000');
    expect(proxiesOf('on').hostOf(from('127.0.0.1', undefined, 'chat.example.org'))).toBe('gateway:3000');
  });
});
