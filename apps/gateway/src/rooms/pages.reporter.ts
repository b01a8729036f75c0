import { RpcClient } from '@atrium/bus';
import { HEARTBEAT_SECONDS, messages, type InputOf } from '@atrium/contracts';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Connections } from '../sockets/connections.ts';

type Report = InputOf<typeof messages.reportPages>['users'];

/** Changes of so short a time travel together. */
const GATHER_MS = 20;
const MAX_USERS_PER_CALL = 4000;

/** Tells messages who has a page open here and which rooms are before their eyes: nobody is told of what they see. */
@Injectable()
export class PagesReporter implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('pages');
  private readonly gatewayId = uuidv7();
  private readonly dirty = new Set<string>();
  /** The number of the last report: calls may overtake each other on their way. */
  private reports = 0;
  private gathering: Promise<void> | undefined;
  private heartbeat: NodeJS.Timeout | undefined;

  constructor(
    private readonly rpc: RpcClient,
    private readonly connections: Connections,
  ) {
    connections.onName(({ identity }) => void this.changed(identity!.userId));
    connections.onLeave(({ identity }) => void this.changed(identity!.userId));
  }

  onApplicationBootstrap(): void {
    this.heartbeat = setInterval(() => void this.report([...this.connections.userIds]), HEARTBEAT_SECONDS * 1000);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.heartbeat);
    await this.gathering;
  }

  /** Resolves once messages knows, or could not be told: the next heartbeat tells all of it again. */
  changed(userId: string): Promise<void> {
    this.dirty.add(userId);
    this.gathering ??= new Promise<void>((resolve) => setTimeout(resolve, GATHER_MS)).then(() => this.flush());
    return this.gathering;
  }

  private async flush(): Promise<void> {
    this.gathering = undefined;
    const userIds = [...this.dirty];
    this.dirty.clear();
    await this.report(userIds);
  }

  private async report(userIds: string[]): Promise<void> {
    const users: Report = userIds.map((userId) => this.pagesOf(userId));
    const report = (this.reports = Math.max(this.reports + 1, Date.now()));
    try {
      for (let start = 0; start < users.length; start += MAX_USERS_PER_CALL) {
        const part = users.slice(start, start + MAX_USERS_PER_CALL);
        await this.rpc.call(messages.reportPages, { gatewayId: this.gatewayId, report, users: part });
      }
    } catch (error) {
      this.logger.warn(`open pages could not be reported: ${(error as Error).message}`);
    }
  }

  /** What lies open on a device that nobody is at is not seen. */
  private pagesOf(userId: string): Report[number] {
    const own = [...this.connections.of(userId)];
    const roomIds = new Set(own.flatMap(({ active, focus }) => (active && focus !== null ? [focus] : [])));
    return { userId, open: own.length > 0, active: own.some(({ active }) => active), roomIds: [...roomIds] };
  }
}
