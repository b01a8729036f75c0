import { AUTH_WITHIN_SECONDS, CLOSE_CODES, SILENCE_SECONDS } from '@atrium/contracts';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Connection } from './connection.ts';
import { Connections } from './connections.ts';

const TICK_MS = 1000;
/** The named are looked at in so many turns: nobody's deadline is sharper than that. */
const SLICES = 5;
/** A client renews its token on the living socket; one that is a minute late does not intend to. */
const EXPIRY_GRACE_MS = 60_000;
const GOING_AWAY = 1001;

/** Ends sockets whose time is up. One timer for all of them: a timer each would cost more than the socket. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private slice = 0;

  constructor(private readonly connections: Connections) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.sweep(Date.now()), TICK_MS);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  sweep(now: number): void {
    for (const connection of this.connections.unnamed) {
      if (now - connection.openedAt > AUTH_WITHIN_SECONDS * 1000) connection.close(CLOSE_CODES.authTimeout, 'no auth in time');
    }
    this.slice = (this.slice + 1) % SLICES;
    let index = 0;
    for (const connection of this.connections.named) if (index++ % SLICES === this.slice) this.check(connection, now);
  }

  private check(connection: Connection, now: number): void {
    if (now - connection.lastFrameAt > SILENCE_SECONDS * 1000) connection.close(GOING_AWAY, 'silent for too long');
    else if (now > connection.identity!.expiresAt + EXPIRY_GRACE_MS) connection.close(CLOSE_CODES.unauthenticated, 'the token has expired');
  }
}
