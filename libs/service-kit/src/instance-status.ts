import type { Bus } from '@atrium/bus';
import { VERSION, type InstanceStatus, type Setting } from '@atrium/contracts';
import type { Health } from './health.ts';

/** What this process says of itself when it is asked. */
export async function instanceStatus(bus: Bus, health: Health, settings: Setting[]): Promise<InstanceStatus> {
  return {
    process: bus.service,
    instance: bus.instance,
    version: VERSION,
    nodeVersion: process.version,
    startedAt: new Date(Date.now() - process.uptime() * 1000).toISOString(),
    ...(await health.report()),
    memoryBytes: process.memoryUsage.rss(),
    settings,
  };
}
