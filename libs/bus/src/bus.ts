import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { inboxPrefix } from '@atrium/contracts';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { randomUUID } from 'node:crypto';

import { readBusKeys } from './bus-keys.ts';
import { natsServers } from './nats-servers.ts';
import { Statements } from './statements.ts';

/** What the configuration of a process says of the bus. */
export type BusConfig = { NATS_URL: string; BUS_KEY: string; BUS_PUBLIC_KEYS: string };

/**
 * The connection of one process to NATS: who it says it is, and whether it is up. Reconnects for ever; a connection
 * closed for good ends the process, because a service that looks alive and hears nothing is worse than one that restarts.
 */
@Injectable()
export class Bus implements OnApplicationShutdown {
  private readonly logger = new Logger('bus');
  private connected = true;
  private closing = false;
  private readonly statusListeners = new Set<(connected: boolean) => void>();
  /** This process among those of its service. */
  readonly instance = randomUUID();

  constructor(
    /** Says who this process is and for whom it calls. */
    readonly statements: Statements,
    readonly connection: NatsConnection,
  ) {
    void this.watchStatus();
    void connection.closed().then((error) => {
      if (this.closing) return;
      this.logger.fatal(`NATS connection closed for good: ${error?.message ?? 'no reason given'}`);
      process.exit(1);
    });
  }

  /** Connects, waiting until NATS answers. @param process whose name it is known by: its queue group, health subject and replies */
  static async connect(process: string, config: BusConfig): Promise<Bus> {
    const statements = new Statements(process, readBusKeys(config.BUS_KEY, config.BUS_PUBLIC_KEYS));
    const connection = await connect({
      ...natsServers(config.NATS_URL),
      name: process,
      // Replies come to subjects of our own, which no other user may listen to.
      inboxPrefix: inboxPrefix(process),
      maxReconnectAttempts: -1,
      waitOnFirstConnect: true,
      reconnectTimeWait: 250,
      reconnectJitter: 250,
      pingInterval: 5000,
      maxPingOut: 2,
      // A stack captured for every request costs more than the request; AppError and the request id tell enough.
      noAsyncTraces: true,
    });
    return new Bus(statements, connection);
  }

  /** The name of this process on the bus. */
  get service(): string {
    return this.statements.process;
  }

  isConnected(): boolean {
    return this.connected && !this.connection.isClosed();
  }

  onStatus(listener: (connected: boolean) => void): void {
    this.statusListeners.add(listener);
  }

  /** The last hook of all: whatever ends before may still have something to say. */
  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  async close(): Promise<void> {
    this.closing = true;
    if (!this.connection.isClosed()) await this.connection.drain();
  }

  private async watchStatus(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect') this.setConnected(false, 'lost the connection to NATS');
      if (status.type === 'reconnect') this.setConnected(true, 'connected to NATS again');
      // Told by NATS when a user lacks a permission: what was sent or listened for is not.
      if (status.type === 'error') this.logger.error(status.error.message);
      if (status.type === 'staleConnection') this.logger.warn('NATS does not answer pings');
    }
  }

  private setConnected(connected: boolean, text: string): void {
    this.connected = connected;
    this.logger.warn(text);
    for (const listener of this.statusListeners) listener(connected);
  }
}
