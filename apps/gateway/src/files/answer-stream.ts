import { AppError, type Answer } from '@atrium/contracts';
import { Readable } from 'node:stream';
import pTimeout from 'p-timeout';
import { toAppError, toProblem } from '../http/problem.ts';

/** A refusal that comes within this time has a status of its own; after it, the stream has begun. */
const HOLD_MS = 1000;
const KEEP_ALIVE_MS = 10_000;

const event = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

/**
 * The same answer as a stream of events: `delta {text}` sentence by sentence, then `answer` with the whole, or
 * `error` with a problem document. Comments keep the line open while the answer is looked for.
 */
export async function streamAnswer(answering: Promise<Answer>, requestId: string): Promise<Readable> {
  await pTimeout(answering, { milliseconds: HOLD_MS, message: false });
  return Readable.from(events(answering, requestId));
}

async function* events(answering: Promise<Answer>, requestId: string): AsyncGenerator<string> {
  const settled = answering.then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error: toAppError(error) }),
  );
  for (;;) {
    const outcome = await pTimeout(settled, { milliseconds: KEEP_ALIVE_MS, fallback: () => 'waiting' as const });
    if (outcome === 'waiting') yield ': still looking\n\n';
    else if ('error' in outcome) return yield event('error', toProblem(AppError.from(outcome.error), requestId));
    else {
      for (const text of sentences(outcome.answer.answer)) yield event('delta', { text });
      return yield event('answer', outcome.answer);
    }
  }
}

function sentences(text: string): string[] {
  return [...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)].map(({ segment }) => segment);
}
