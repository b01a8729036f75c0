import { addressBlock, CONFIG } from '@atrium/service-kit';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { OwnHosts } from '../http/own-hosts.ts';
import { TrustedProxies } from '../http/trusted-proxies.ts';
import type { Config } from '../config.ts';
import { MemoryCounter } from '../limits/limiter.ts';

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
  private readonly proxies: TrustedProxies;
  private readonly hosts: OwnHosts;
  private readonly lifted: boolean;
  private readonly timer: NodeJS.Timeout;
  private overloaded = false;
  private closed = false;

  constructor(@Inject(CONFIG) config: Config) {
    this.lifted = config.ATRIUM_RATE_LIMITS === 'off';
    this.proxies = new TrustedProxies(config.GATEWAY_TRUST_PROXY);
    this.hosts = new OwnHosts(config.GATEWAY_PUBLIC_HOSTS, this.proxies);
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
    const address = addressBlock(this.proxies.addressOf(request));
    // The address first: what is refused to it takes nothing from the others.
    return (
      this.addresses.takeFromBucket(address, ADMITTED_PER_ADDRESS).allowed && this.everyone.takeFromBucket('sockets', ADMITTED).allowed
    );
  }

  /** Whether a browser that sends this shows a page of ours. */
  isOurs(request: IncomingMessage): boolean {
    return this.hosts.owns(request);
  }

  private measure(): void {
    this.overloaded = this.delay.percentile(99) / 1e6 > MAX_DELAY_MS;
    this.delay.reset();
  }
}
