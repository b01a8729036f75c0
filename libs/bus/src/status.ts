import { statusSubject, type ProcessName } from '@atrium/contracts';
import { errors } from '@nats-io/transport-node';
import type { Bus } from './bus.ts';

/** Has this process say what it is and how it does, to whoever the bus lets ask. */
export function answerStatus(bus: Bus, report: () => Promise<object>): void {
  bus.connection.subscribe(statusSubject(bus.service), {
    callback: (error, message) => {
      if (error) return;
      void report().then((status) => message.respond(JSON.stringify(status)));
    },
  });
}

/** Asks every instance of a process. Who does not answer in time is not in the list, nor is who is not there. */
export async function askStatus(bus: Bus, process: ProcessName, withinMs: number): Promise<unknown[]> {
  const found: unknown[] = [];
  try {
    const replies = await bus.connection.requestMany(statusSubject(process), '', { strategy: 'timer', maxWait: withinMs });
    for await (const reply of replies) if (reply.data.length > 0) found.push(reply.json());
  } catch (error) {
    if (!(error instanceof errors.NoRespondersError) && !(error instanceof errors.RequestError)) throw error;
  }
  return found;
}
