import { Bus } from '@atrium/bus';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HostsService } from '../hosts/hosts.service.ts';
import { Lobby } from '../lobby/lobby.service.ts';
import { PresenceService } from './presence.service.ts';

const EVERY_MS = 1000;

/** Does what time alone brings about: presence that expires, signals that waited, hosts who stay away, requests that lapse. */
@Injectable()
export class PresenceWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('presence');
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly presence: PresenceService,
    private readonly hosts: HostsService,
    private readonly lobby: Lobby,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweeping ??= this.sweep().finally(() => (this.sweeping = undefined));
    }, EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  private async sweep(): Promise<void> {
    try {
      await this.bus.runInScope(() => this.presence.sweep());
      await this.bus.runInScope(() => this.hosts.sweep());
      await this.bus.runInScope(() => this.hosts.compare());
      await this.bus.runInScope(() => this.lobby.lapse());
    } catch (error) {
      this.logger.warn(`the sweep is tried again in a moment: ${(error as Error).message}`);
    }
  }
}
