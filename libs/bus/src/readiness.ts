import { healthSubject } from '@atrium/contracts';
import type { Msg, Subscription } from '@nats-io/transport-node';
import type { Bus } from './bus.ts';

/** Throws while this process must not be given work, and says why. */
export type Readiness = () => Promise<void>;

/** Has this process say whether it may be given work, to whoever pings its service. */
export function answerReadiness(bus: Bus, readiness: Readiness): Subscription {
  const answer = async (message: Msg) => {
    const problem = await readiness().then(
      () => '',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    message.respond(problem);
  };
  return bus.connection.subscribe(healthSubject(bus.service), {
    queue: bus.service,
    callback: (_error, message) => void answer(message),
  });
}

/** Asks some instance of a service whether it is ready. @throws Error with what it lacks, or when none answers in time */
export async function askReadiness(bus: Bus, service: string, timeoutMs: number): Promise<void> {
  const reply = await bus.connection.request(healthSubject(service), '', { timeout: timeoutMs });
  const problem = reply.string();
  if (problem !== '') throw new Error(`${service} is not ready: ${problem}`);
}
