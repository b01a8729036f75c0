import { SetAside, deadLetterSubject } from '@atrium/contracts';
import type { ReceivedDeadLetter } from './decorators.ts';
import type { Delivery } from './durable-consumer.ts';

const PREFIX = deadLetterSubject('');

/** What was set aside, also where it cannot be read: then as it came, so that somebody sees it. */
export function readDeadLetter({ id, subject, text }: Delivery): ReceivedDeadLetter {
  const consumer = subject.slice(PREFIX.length);
  const read = SetAside.safeParse(fromJson(text));
  if (read.success) return { ...read.data, consumer };
  return { consumer, id, subject, payload: text, error: `cannot be read as a dead letter: ${read.error.issues[0]?.message}` };
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
