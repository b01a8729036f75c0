import type { IncomingMessage } from 'node:http';
import { busConfigOf } from '@atrium/testing';
import { configSchema } from '../config.ts';
import { SocketAdmission } from './admission.ts';

describe('the admission of sockets', () => {
  let admission: SocketAdmission;
  beforeEach(() => {
    const urls = { ...busConfigOf('gateway', '127.0.0.1:1'), REDIS_URL: 'redis://127.0.0.1:1' };
    admission = new SocketAdmission(configSchema.parse({ ...urls, GATEWAY_TRUST_PROXY: '10.0.0.0/8, 127.0.0.1' }));
  });
  afterEach(() => admission.onModuleDestroy());

  const from = (remoteAddress: string, forwarded?: string) =>
    ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;
  /** How many of so many sockets come in. */
  const admitted = (attempts: number, request: (attempt: number) => IncomingMessage) =>
    Array.from({ length: attempts }, (_, attempt) => admission.admit(request(attempt))).filter(Boolean).length;

  it('leaves room for others when one address opens as many as it can', () => {
    expect(admitted(1000, () => from('192.0.2.1'))).toBeLessThan(150);
    expect(admission.admit(from('192.0.2.2'))).toBe(true);
  });

  it('takes the addresses of one IPv6 network for one', () => {
    expect(admitted(1000, (attempt) => from(`2001:db8::${attempt.toString(16)}`))).toBeLessThan(150);
    expect(admission.admit(from('2001:db8:0:1::1'))).toBe(true);
  });

  it('believes nobody about addresses but the proxies that it trusts', () => {
    expect(admitted(1000, (attempt) => from('192.0.2.1', `198.51.100.${attempt % 250}, 10.1.1.1`))).toBeLessThan(150);
    expect(admission.admit(from('192.0.2.2'))).toBe(true);
  });

  it('knows clients apart behind the proxies that it trusts', () => {
    expect(admitted(1000, () => from('::ffff:10.0.0.1', '203.0.113.9, 198.51.100.1, 10.1.1.1'))).toBeLessThan(150);
    expect(admission.admit(from('10.0.0.1', '203.0.113.9, 198.51.100.2'))).toBe(true);
  });

  it('takes no more at once than it can greet, from however many addresses', () => {
    expect(admitted(1000, (attempt) => from(`192.0.2.${attempt % 250}`))).toBeLessThan(400);
  });
});
