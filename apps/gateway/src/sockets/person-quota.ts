import { CLOSE_CODES } from '@atrium/contracts';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { RedisLink } from '../limits/redis-link.ts';
import type { Connection } from './connection.ts';
import { Connections, MAX_SOCKETS_PER_USER } from './connections.ts';

const TICK_MS = 1000;
const RENEW_EVERY_TICKS = 15;
/** A gateway that has not renewed its sockets for so long has gone, and they with it. */
const LEASE_MS = 60_000;
/** How many sockets are renewed in one go. */
const AT_ONCE = 200;

/**
 * Enters a socket, or renews it, and lets the oldest give way. KEYS: the sockets of the person (member → end of lease).
 * ARGV: the socket, the length of a lease, how many a person may have. A member is `opened:gateway:number`, so that
 * their order is that of their age; those that give way are left with their gateway, which asks for them.
 */
const ENTER = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
local excess = redis.call('ZCARD', KEYS[1]) - ARGV[3]
if excess <= 0 then return 0 end
local members = redis.call('ZRANGE', KEYS[1], 0, -1)
table.sort(members)
for index = 1, excess do
  local gateway = string.match(members[index], '^[^:]*:([^:]*):')
  redis.call('ZREM', KEYS[1], members[index])
  redis.call('SADD', 'limit:sockets:superseded:' .. gateway, members[index])
  redis.call('PEXPIRE', 'limit:sockets:superseded:' .. gateway, ARGV[2])
end
return excess`;

/**
 * Twenty sockets are a person's, whichever gateways they are at. Counted in Redis; while that is away each gateway
 * counts its own, as it does anyway, and enters them again when it is back.
 */
@Injectable()
export class PersonQuota implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('sockets');
  private readonly gateway = randomUUID();
  private readonly members = new Map<Connection, string>();
  private readonly connectionsByMember = new Map<string, Connection>();
  private timer: NodeJS.Timeout | undefined;
  private ticks = 0;
  private running = false;

  constructor(
    private readonly link: RedisLink,
    private readonly connections: Connections,
  ) {}

  onApplicationBootstrap(): void {
    this.connections.onName((connection) => this.enter(connection));
    this.connections.onLeave((connection) => this.leave(connection));
    this.timer = setInterval(() => void this.attempt(() => this.tick()), TICK_MS);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private enter(connection: Connection): void {
    const member = `${String(connection.openedAt).padStart(14, '0')}:${this.gateway}:${connection.id}`;
    this.members.set(connection, member);
    this.connectionsByMember.set(member, connection);
    void this.attempt(() => this.lease(connection, member));
  }

  private leave(connection: Connection): void {
    const member = this.members.get(connection);
    if (member === undefined) return;
    this.members.delete(connection);
    this.connectionsByMember.delete(member);
    void this.attempt(() => this.link.redis.zrem(keyOf(connection), member));
  }

  /** Whoever gave way to a newer socket elsewhere is told so; and from time to time all leases are renewed. */
  private async tick(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      for (const member of await this.link.redis.spop(`limit:sockets:superseded:${this.gateway}`, AT_ONCE)) {
        this.connectionsByMember.get(member)?.close(CLOSE_CODES.superseded, 'too many sockets of this user');
      }
      if (++this.ticks % RENEW_EVERY_TICKS === 0) await this.renew();
    } finally {
      this.running = false;
    }
  }

  private async renew(): Promise<void> {
    const all = [...this.members];
    for (let start = 0; start < all.length; start += AT_ONCE) {
      await Promise.all(all.slice(start, start + AT_ONCE).map(([connection, member]) => this.lease(connection, member)));
    }
  }

  private async lease(connection: Connection, member: string): Promise<void> {
    if (connection.isOpen) await this.link.redis.eval(ENTER, 1, keyOf(connection), member, LEASE_MS, MAX_SOCKETS_PER_USER);
  }

  private async attempt(command: () => Promise<unknown>): Promise<void> {
    if (!this.link.isReady()) return;
    try {
      await command();
    } catch (error) {
      this.logger.warn(`sockets are counted in this process alone: ${(error as Error).message}`);
    }
  }
}

const keyOf = (connection: Connection) => `limit:sockets:of:${connection.identity!.userId}`;
