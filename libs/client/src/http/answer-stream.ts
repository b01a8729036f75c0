import type { Answer } from '@atrium/contracts';
import { AtriumError, type LocalErrorCode } from '../errors.ts';

/** Why reading was given up, by the name of the error. */
const CAUSES: Record<string, LocalErrorCode> = { AbortError: 'aborted', TimeoutError: 'timeout' };

type StreamEvent = { name: string; data: string };

/** Reads an answer that comes as a stream of events: its text piece by piece, then the whole; or the error it ends with. */
export async function readAnswer(reply: Response, onText: (text: string) => void): Promise<Answer> {
  for await (const { name, data } of eventsOf(reply)) {
    if (name === 'delta') onText((JSON.parse(data) as { text: string }).text);
    if (name === 'answer') return JSON.parse(data) as Answer;
    if (name === 'error') {
      const problem = JSON.parse(data) as { status?: number };
      throw AtriumError.fromProblem(problem.status ?? 500, problem, reply.headers);
    }
  }
  throw AtriumError.local('network', new Error('the stream ended before the answer did'));
}

async function* eventsOf(reply: Response): AsyncGenerator<StreamEvent> {
  if (!reply.body) return;
  const decoder = new TextDecoder();
  const reader = reply.body.getReader();
  let text = '';
  for (;;) {
    const part = await reader.read().catch((error: unknown) => {
      throw AtriumError.local(CAUSES[(error as Error).name] ?? 'network', error);
    });
    text += decoder.decode(part.value, { stream: !part.done });
    const whole = text.split(/\r?\n\r?\n/);
    text = whole.pop() ?? '';
    for (const event of whole) yield parse(event);
    if (part.done) return;
  }
}

function parse(event: string): StreamEvent {
  const lines = event.split(/\r?\n/);
  const valuesOf = (field: string) =>
    lines.flatMap((line) => (line.startsWith(`${field}:`) ? [line.slice(field.length + 1).trimStart()] : []));
  return { name: valuesOf('event')[0] ?? 'message', data: valuesOf('data').join('\n') };
}
