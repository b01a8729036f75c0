import { Injectable } from '@nestjs/common';
import { Redis } from 'ioredis';

const HOLDS_MS = 8000;
/** Clients repeat every 4 s; a repeat sooner than this tells nobody anything. */
const REPEAT_AFTER_MS = 3000;

/** KEYS: the room's set. ARGV: user, how long it holds, when a repeat counts. Answers 1 when the room should be told. */
const START = `
  local t = redis.call('TIME')
  local now = t[1] * 1000 + math.floor(t[2] / 1000)
  local until_ = redis.call('ZSCORE', KEYS[1], ARGV[1])
  if until_ and tonumber(until_) - now > ARGV[2] - ARGV[3] then return 0 end
  redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return 1`;

const keyOf = (roomId: string) => `typing:${roomId}`;

/** Who types in which room, for 8 s. Everything here fails while Redis is away. */
@Injectable()
export class TypingRepository {
  constructor(private readonly redis: Redis) {}

  /** @returns whether that is worth telling: it just began, or others would soon forget it */
  async start(roomId: string, userId: string): Promise<boolean> {
    return (await this.redis.eval(START, 1, keyOf(roomId), userId, HOLDS_MS, REPEAT_AFTER_MS)) === 1;
  }

  /** @returns whether the user was typing */
  async stop(roomId: string, userId: string): Promise<boolean> {
    return (await this.redis.zrem(keyOf(roomId), userId)) === 1;
  }

  async typingIn(roomId: string): Promise<Set<string>> {
    return new Set(await this.redis.zrangebyscore(keyOf(roomId), Date.now(), '+inf'));
  }
}
