import { Bus } from '@atrium/bus';
import { CLOSE_CODES } from '@atrium/contracts';
import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { SessionChecks } from '../auth/session-checks.ts';
import { SocketAdmission } from './admission.ts';
import { Connections } from './connections.ts';
import { frameOf } from './frame.ts';

const SLICE = 200;
const SLICE_PAUSE_MS = 20;
/** Clients come back spread over this long per thousand. */
const SPREAD_MS_PER_THOUSAND = 5000;
const MIN_SPREAD_MS = 1000;

/**
 * Sends every client away when this process cannot serve it: the bus is gone (a socket that hears nothing and looks
 * healthy is worse than none), or the process stops.
 */
@Injectable()
export class Restarter implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('restarter');

  constructor(
    private readonly bus: Bus,
    private readonly connections: Connections,
    private readonly admission: SocketAdmission,
    private readonly sessions: SessionChecks,
  ) {}

  onModuleInit(): void {
    this.bus.onStatus((connected) => {
      // Ends of sessions may go unheard while the bus is away.
      this.sessions.forgetAll();
      if (!connected) void this.sendAway();
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.admission.shut();
    await this.sendAway();
  }

  private async sendAway(): Promise<void> {
    const everyone = [...this.connections.unnamed, ...this.connections.named];
    if (everyone.length === 0) return;
    const withinMs = Math.max(MIN_SPREAD_MS, Math.round((everyone.length / 1000) * SPREAD_MS_PER_THOUSAND));
    this.logger.log(`asking ${everyone.length} sockets to come back within ${withinMs} ms`);
    const frame = frameOf('restarting', { withinMs });
    for (let start = 0; start < everyone.length; start += SLICE) {
      for (const connection of everyone.slice(start, start + SLICE)) {
        connection.push(frame);
        connection.close(CLOSE_CODES.restarting, 'restarting');
      }
      await new Promise((resolve) => setTimeout(resolve, SLICE_PAUSE_MS));
    }
  }
}
