import type { IncomingMessage } from 'node:http';
import { hostname } from 'node:os';
import { OwnHosts } from './own-hosts.ts';
import { TrustedProxies } from './trusted-proxies.ts';

const asks = (host: string | undefined, origin?: string, others: string[] = []) =>
  ({
    socket: { remoteAddress: '192.0.2.1' },
    headers: { host, origin },
    headersDistinct: { host: [host, ...others] },
  }) as unknown as IncomingMessage;
const ownHosts = (...names: string[]) => new OwnHosts(names, new TrustedProxies([]));

describe('the hosts of this door', () => {
  it.each([
    'localhost',
    'LOCALHOST:3000',
    'chat.localhost:3000',
    '127.0.0.1:3000',
    '192.168.1.20',
    '[::1]:3000',
    'chat.example.org',
    hostname(),
  ])('include %s', (host) => {
    expect(() => ownHosts('chat.example.org').requireOwn(asks(host))).not.toThrow();
  });

  it.each([
    'evil.example',
    'chat.example.org.evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example#localhost',
    'localhost#evil.example',
    'localhost?evil.example',
    'localhost@evil.example',
    'evil.example/localhost',
    'chat.example.org.',
    '',
    undefined,
  ])('do not include %s', (host) => {
    expect(() => ownHosts('chat.example.org').requireOwn(asks(host))).toThrow(expect.objectContaining({ code: 'forbidden' }));
    expect(ownHosts('chat.example.org').owns(asks(host))).toBe(false);
  });

  it('are named one at a time', () => {
    const request = asks('localhost', undefined, ['localhost']);
    expect(() => ownHosts().requireOwn(request)).toThrow(expect.objectContaining({ code: 'malformed_request' }));
    expect(ownHosts('*').owns(request)).toBe(false);
  });

  it('are whatever a client asks for when the setting is an asterisk, other sites aside', () => {
    expect(ownHosts('*').owns(asks('any.example'))).toBe(true);
    expect(ownHosts('*').owns(asks('any.example', 'https://evil.example'))).toBe(false);
  });
});

describe('the origin of a request', () => {
  it.each([
    [undefined, true],
    ['http://localhost:3000', true],
    ['https://chat.example.org', true],
    ['http://localhost:4000', false],
    ['https://evil.example', false],
    ['null', false],
  ])('%s is ours: %s', (origin, ours) => {
    expect(ownHosts('chat.example.org').owns(asks('localhost:3000', origin))).toBe(ours);
  });
});
