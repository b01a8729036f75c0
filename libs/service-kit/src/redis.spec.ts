import { jest } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { logOutages, redisRetryMs } from './redis.ts';

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
