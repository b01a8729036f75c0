import { RpcClient } from '@atrium/bus';
import { HEARTBEAT_SECONDS, rooms, type InputOf } from '@atrium/contracts';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Connections } from '../sockets/connections.ts';

type Report = InputOf<typeof rooms.reportPresence>['users'];

/** Changes of so short a time travel together: a gateway's sockets often come and go at once. */
const GATHER_MS = 50;
/** Each takes some eighty bytes, and the bus holds a mebibyte. */
const MAX_USERS_PER_CALL = 8000;

/** Tells the rooms service who is connected here: all of them every 30 s, whoever changed at once. */
@Injectable()
export class PresenceReporter implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('presence');
  private readonly gatewayId = uuidv7();
  private readonly dirty = new Set<string>();
  /** One report at a time: of two on their way the older could be taken in last, and hold. */
  private reporting: Promise<void> = Promise.resolve();
  private gathering: NodeJS.Timeout | undefined;
  private heartbeat: NodeJS.Timeout | undefined;

  constructor(
    private readonly rpc: RpcClient,
    private readonly connections: Connections,
  ) {
    connections.onLeave(({ identity }) => this.changed(identity!.userId));
  }

  onApplicationBootstrap(): void {
    this.heartbeat = setInterval(() => void this.report(() => [...this.connections.userIds]), HEARTBEAT_SECONDS * 1000);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.heartbeat);
    await this.flush();
  }

  changed(userId: string): void {
    this.dirty.add(userId);
    this.gathering ??= setTimeout(() => void this.flush(), GATHER_MS);
  }

  private flush(): Promise<void> {
    clearTimeout(this.gathering);
    this.gathering = undefined;
    return this.report(() => {
      const userIds = [...this.dirty];
      this.dirty.clear();
      return userIds;
    });
  }

  private report(userIds: () => string[]): Promise<void> {
    this.reporting = this.reporting.then(() => this.tell(userIds()));
    return this.reporting;
  }

  private async tell(userIds: readonly string[]): Promise<void> {
    try {
      for (let start = 0; start < userIds.length; start += MAX_USERS_PER_CALL) {
        const users: Report = userIds.slice(start, start + MAX_USERS_PER_CALL).map((userId) => ({ userId, status: this.statusOf(userId) }));
        await this.rpc.call(rooms.reportPresence, { gatewayId: this.gatewayId, users });
      }
    } catch (error) {
      // The next heartbeat tells all of it again.
      this.logger.warn(`presence could not be reported: ${(error as Error).message}`);
    }
  }

  /** Online on one device is online. */
  private statusOf(userId: string): 'online' | 'away' | 'offline' {
    const own = [...this.connections.of(userId)];
    if (own.length === 0) return 'offline';
    return own.some(({ active }) => active) ? 'online' : 'away';
  }
}
