import { Handling } from '@atrium/bus';
import { RepeatedTask } from '@atrium/service-kit';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HostsService } from '../hosts/hosts.service.ts';
import { Lobby } from '../lobby/lobby.service.ts';
import { PresenceService } from './presence.service.ts';

const EVERY_MS = 1000;

/** Does what time alone brings about: presence that expires, signals that waited, hosts who stay away, requests that lapse. */
@Injectable()
export class PresenceWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new RepeatedTask(() => this.sweep(), {
    everyMs: EVERY_MS,
    logger: new Logger('presence'),
    onFailure: 'the sweep is tried again in a moment',
  });

  constructor(
    private readonly handling: Handling,
    private readonly presence: PresenceService,
    private readonly hosts: HostsService,
    private readonly lobby: Lobby,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  private async sweep(): Promise<void> {
    await this.handling.runInScope(() => this.presence.sweep());
    await this.handling.runInScope(() => this.hosts.sweep());
    await this.handling.runInScope(() => this.hosts.compare());
    await this.handling.runInScope(() => this.lobby.lapse());
  }
}
