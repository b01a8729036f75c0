import type { DirectoryUser, MemberStatus } from '@atrium/contracts';
import { CONFIG } from '@atrium/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { RoomsConfig } from '../config.ts';
import { DUE, EXPIRE, KEYS, REPORT, TELL } from './presence.scripts.ts';
import { visibleStatus, type Connected } from './status.ts';

/** Longest a script may keep Redis from others, in users. */
const BATCH = 500;
const SIGNAL_INTERVAL_MS = 5000;

export type ConnectionChange = { userId: string; connected: Connected };

/** Who is connected, merged over gateways and devices. Everything here fails while Redis is away. */
@Injectable()
export class PresenceRepository {
  constructor(
    private readonly redis: Redis,
    @Inject(CONFIG) private readonly config: RoomsConfig,
  ) {}

  /** Takes in what one gateway knows; a status holds until it expires unless repeated. @returns whose status changed */
  async report(gatewayId: string, users: readonly { userId: string; status: Connected }[]): Promise<ConnectionChange[]> {
    const holdsMs = this.config.ROOMS_PRESENCE_EXPIRY_SECONDS * 1000;
    const changes: ConnectionChange[] = [];
    for (let start = 0; start < users.length; start += BATCH) {
      const pairs = users.slice(start, start + BATCH).flatMap(({ userId, status }) => [userId, status]);
      changes.push(...inPairs(await this.run(REPORT, [gatewayId, holdsMs, ...pairs])));
    }
    return changes;
  }

  /** Ends what was not repeated in time. @returns whose status changed */
  async expire(): Promise<ConnectionChange[]> {
    return inPairs(await this.run(EXPIRE, [BATCH]));
  }

  /** Which of these changes to signal now; the others become due. */
  async claimSignals(users: ReadonlyMap<string, DirectoryUser['presence']>): Promise<{ userId: string; status: MemberStatus }[]> {
    const all = [...users];
    const told: { userId: string; status: MemberStatus }[] = [];
    for (let start = 0; start < all.length; start += BATCH) {
      const shown = all.slice(start, start + BATCH).flatMap(([id, set]) => [id, visibleStatus('online', set), visibleStatus('away', set)]);
      const claimed = await this.run(TELL, [SIGNAL_INTERVAL_MS, ...shown]);
      told.push(...inPairs(claimed).map(({ userId, connected }) => ({ userId, status: connected as MemberStatus })));
    }
    return told;
  }

  /** Whose next signal may go. */
  due(): Promise<string[]> {
    return this.run(DUE, [BATCH]);
  }

  async connectionsOf(userIds: readonly string[]): Promise<Map<string, Connected>> {
    const pipeline = this.redis.pipeline();
    for (const id of userIds) pipeline.hget(KEYS.user + id, 'status');
    const replies = (await pipeline.exec()) ?? [];
    return new Map(
      userIds.map((id, index) => {
        const [error, status] = replies[index] ?? [new Error('no reply'), null];
        if (error) throw error;
        return [id, (status as Connected | null) ?? 'offline'];
      }),
    );
  }

  /** Those who are connected now. */
  async connectedAmong(userIds: readonly string[]): Promise<Set<string>> {
    if (userIds.length === 0) return new Set();
    const expiries = await this.redis.zmscore(KEYS.seen, ...userIds);
    const now = Date.now();
    return new Set(userIds.filter((_id, index) => Number(expiries[index] ?? 0) > now));
  }

  /** Whether hosts should be compared with who is connected now: one instance is told so in every interval. */
  async claimComparison(everyMs: number): Promise<boolean> {
    return (await this.redis.set(KEYS.compared, '', 'PX', everyMs, 'NX')) === 'OK';
  }

  /** Everyone who is connected, some at a time; who comes or goes meanwhile may be left out, or come twice. */
  async *everyone(): AsyncGenerator<string[]> {
    let cursor = '0';
    do {
      const [next, idsAndExpiries] = await this.redis.zscan(KEYS.seen, cursor, 'COUNT', BATCH);
      const now = Date.now();
      yield idsAndExpiries.filter((_id, index) => index % 2 === 0 && Number(idsAndExpiries[index + 1]) > now);
      cursor = next;
    } while (cursor !== '0');
  }

  private async run(script: string, parameters: (string | number)[]): Promise<string[]> {
    return (await this.redis.eval(script, 1, KEYS.seen, ...parameters)) as string[];
  }
}

function inPairs(flat: readonly string[]): ConnectionChange[] {
  return Array.from({ length: flat.length / 2 }, (_, index) => ({
    userId: flat[2 * index] as string,
    connected: flat[2 * index + 1] as Connected,
  }));
}
