import { Bus, askReadiness } from '@atrium/bus';
import { RPCS } from '@atrium/contracts';
import { Health, type HealthReport } from '@atrium/service-kit';
import { Controller, Get, Res, type OnModuleInit } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

const MISSES_BEFORE_UNREADY = 3;
/** Anyone may ask, and each report asks every service: so long all are told the same. */
const SHARED_MS = 1000;

/** The same health as on the private port, for what can only reach the public one. */
@Controller()
export class HealthHttp implements OnModuleInit {
  private latest: { report: Promise<HealthReport>; at: number } | undefined;

  constructor(
    private readonly health: Health,
    private readonly bus: Bus,
  ) {}

  onModuleInit(): void {
    for (const service of Object.keys(RPCS)) this.health.register(service, this.probe(service));
  }

  @Get('/health/live')
  live(): { live: true } {
    return { live: true };
  }

  @Get('/health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const report = await this.report();
    void reply.code(report.ready ? 200 : 503).header('cache-control', 'no-store');
    return report;
  }

  private report(): Promise<HealthReport> {
    const now = Date.now();
    if (!this.latest || now - this.latest.at >= SHARED_MS) this.latest = { report: this.health.report(), at: now };
    return this.latest.report;
  }

  /** A service that answered is given up only after three misses in a row: one lost ping is no outage. */
  private probe(service: string): () => Promise<void> {
    let misses = MISSES_BEFORE_UNREADY;
    return async () => {
      try {
        await askReadiness(this.bus, service, 800);
        misses = 0;
      } catch (error) {
        if (++misses >= MISSES_BEFORE_UNREADY) throw error;
      }
    };
  }
}
