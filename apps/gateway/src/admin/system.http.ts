import { Bus, askStatus } from '@atrium/bus';
import { InstanceStatus, PROCESSES, ProcessStatus, VERSION } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Endpoint } from '../http/endpoint.ts';

/** Longer than a check of theirs takes to give up. */
const ANSWER_WITHIN_MS = 1500;

/** What runs, how it does, and by which settings. */
@Controller()
export class AdminSystemHttp {
  constructor(private readonly bus: Bus) {}

  @Endpoint('GET /api/admin/system', {
    scope: 'admin',
    summary: 'Every running process with its version, its health and its settings, without what is secret; admins only',
    reply: z.object({ version: z.string(), processes: z.array(ProcessStatus) }),
    codes: ['not_found'],
  })
  async read() {
    const processes = await Promise.all(
      PROCESSES.map(async (name): Promise<ProcessStatus> => {
        const replies = await askStatus(this.bus, name, ANSWER_WITHIN_MS);
        // One of another version may say it in another way; then it is not shown rather than wrongly.
        const instances = replies.map((reply) => InstanceStatus.safeParse(reply)).flatMap(({ data }) => data ?? []);
        return { name, instances: instances.sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1)) };
      }),
    );
    return { version: VERSION, processes };
  }
}
