import { addressBlock, CONFIG } from '@atrium/service-kit';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Config } from '../config.ts';
import { MemoryCounter } from '../limits/limiter.ts';
import { addressReader, type ReadAddress } from './client-address.ts';

/** Everyone comes back at once after an outage; a gateway lets in what it can greet. */
const ADMITTED = { burst: 200, perSecond: 100 };
/** Of these, what one address may have before anyone has said who they are: an office at once, and room for others. */
const ADMITTED_PER_ADDRESS = { burst: 100, perSecond: 20 };
const MAX_DELAY_MS = 200;
const MEASURE_MS = 5000;

/** Whether this process takes one more socket. */
@Injectable()
export class SocketAdmission implements OnModuleDestroy {
  private readonly delay = monitorEventLoopDelay({ resolution: 20 });
  private readonly everyone = new MemoryCounter();
  /** Apart from the count of all, so that no crowd of addresses can push that out. */
  private readonly addresses = new MemoryCounter();
  private readonly addressOf: ReadAddress;
  private readonly lifted: boolean;
  private readonly trustsProxy: boolean;
  private readonly timer: NodeJS.Timeout;
  private overloaded = false;
  private closed = false;

  constructor(@Inject(CONFIG) config: Config) {
    this.lifted = config.ATRIUM_RATE_LIMITS === 'off';
    this.trustsProxy = config.GATEWAY_TRUST_PROXY !== 'off';
    this.addressOf = addressReader(config.GATEWAY_TRUST_PROXY);
    this.delay.enable();
    this.timer = setInterval(() => this.measure(), MEASURE_MS);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    this.delay.disable();
  }

  /** From now on nobody is let in: the process is stopping. */
  shut(): void {
    this.closed = true;
  }

  admit(request: IncomingMessage): boolean {
    if (this.closed) return false;
    if (this.lifted) return true;
    if (this.overloaded) return false;
    const address = addressBlock(this.addressOf(request));
    // The address first: what is refused to it takes nothing from the others.
    return (
      this.addresses.takeFromBucket(address, ADMITTED_PER_ADDRESS).allowed && this.everyone.takeFromBucket('sockets', ADMITTED).allowed
    );
  }

  /** The host the client asked for, as the proxy in front of us tells it if we trust one. */
  hostOf(request: IncomingMessage): string | undefined {
    const forwarded = this.trustsProxy ? request.headers['x-forwarded-host'] : undefined;
    return (typeof forwarded === 'string' ? forwarded.split(',')[0]?.trim() : undefined) ?? request.headers.host;
  }

  private measure(): void {
    this.overloaded = this.delay.percentile(99) / 1e6 > MAX_DELAY_MS;
    this.delay.reset();
  }
}
