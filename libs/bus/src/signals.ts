import type { PayloadOf, SignalContract } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { Bus } from './bus.ts';

/** Sends live signals: typing, presence, progress. Whoever listens now hears them; nothing is kept. */
@Injectable()
export class Signals {
  constructor(private readonly bus: Bus) {}

  send<S extends SignalContract>(signal: S, payload: PayloadOf<S>): void {
    if (this.bus.isConnected()) this.bus.connection.publish(signal.subject, JSON.stringify(payload));
  }
}
