import { jest } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RedisUrl, logOutages, redisAddress, redisRetryMs } from './redis.ts';

describe('the address of Redis', () => {
  it.each([
    ['redis://10.0.0.1', { host: '10.0.0.1', port: 6379 }],
    ['redis://rooms:p%40ss@redis:6380/2', { host: 'redis', port: 6380, username: 'rooms', password: 'p@ss', db: 2 }],
    ['redis://:secret@[::1]:6379', { host: '::1', port: 6379, password: 'secret' }],
    ['rediss://redis', { host: 'redis', port: 6379, tls: {} }],
  ])('is that of one server: %s', (url, options) => {
    expect(RedisUrl.parse(url)).toBe(url);
    expect(redisAddress(url)).toEqual(options);
  });

  it('is that of Sentinels, which are asked for the primary of a name', () => {
    const url = RedisUrl.parse('redis+sentinel://rooms:secret@one:26379,two/atrium');
    expect(redisAddress(url)).toMatchObject({
      sentinels: [
        { host: 'one', port: 26379 },
        { host: 'two', port: 26379 },
      ],
      name: 'atrium',
      username: 'rooms',
      password: 'secret',
    });
    expect(redisAddress('rediss+sentinel://one/atrium')).toMatchObject({ tls: {}, enableTLSForSentinelMode: true });
  });

  it.each(['', 'redis', 'http://redis', 'redis+sentinel://one:26379', 'redis+sentinel:///atrium', 'redis+sentinel://one/atrium/2'])(
    'is refused with what it may be when it is "%s"',
    (url) => {
      expect(RedisUrl.safeParse(url).error?.issues[0]?.message).toContain('redis+sentinel://user:password@host:port,host:port/name');
    },
  );
});

describe('a connection to Redis', () => {
  it('is tried again soon at first, and every two seconds for as long as it takes', () => {
    expect([1, 2, 3, 10, 1000].map(redisRetryMs)).toEqual([200, 400, 800, 2000, 2000]);
  });

  it('has each outage logged once, however often it is tried, and the end of it', () => {
    const logged: string[] = [];
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: string) => void logged.push(line));
    jest.spyOn(Logger.prototype, 'log').mockImplementation((line: string) => void logged.push(line));
    const redis = logOutages(new EventEmitter() as unknown as Redis, 'nobody types');
    for (const event of ['ready', 'error', 'error', 'ready', 'error']) redis.emit(event as never, new Error('refused') as never);
    expect(logged).toEqual(['Redis is away, nobody types: refused', 'Redis is back', 'Redis is away, nobody types: refused']);
  });
});
