import { AppError } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { because, inSpan, inSpanOfAll, isTracing, type Cause, type SpanDescription } from './cause.ts';

export type HandlerScope = <T>(run: () => Promise<T>) => Promise<T>;
/** What is handled. */
type Work = { kind: 'rpc' | 'event' | 'live'; subject: string; size?: number };
/** What became of one handled call or event, for logs and metrics. Told inside of what caused it. */
export type Handled = Work & { durationMs: number; outcome: string };

/** What stands around every handler of this process: what caused its work, its scope, and who is told what became of it. */
@Injectable()
export class Handling {
  private readonly listeners = new Set<(handled: Handled) => void>();
  private scope: HandlerScope = (run) => run();

  /** Wraps every handler: the database lib gives each call, event and job an identity map of its own. */
  useScope(scope: HandlerScope): void {
    this.scope = scope;
  }

  onHandled(listener: (handled: Handled) => void): void {
    this.listeners.add(listener);
  }

  /** For what no message caused: the work of a timer. */
  runInScope<T>(run: () => Promise<T>): Promise<T> {
    return this.scope(run);
  }

  /** Handles one message and tells how long it took. */
  handle<T>(work: Work, cause: Cause | undefined, run: () => Promise<T>): Promise<T> {
    return cause ? because(cause, () => inSpan(spanOf(work), () => this.timed(work, run))) : this.timed(work, run);
  }

  /** The same for several calls in one message. */
  handleBatch<T>(work: Work, items: readonly { call: Cause }[], run: () => Promise<T>): Promise<T> {
    if (!isTracing()) return this.timed(work, run);
    const causes = items.map(({ call }) => call);
    return inSpanOfAll(causes, spanOf(work), () => this.timed(work, run));
  }

  private async timed<T>(work: Work, run: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    let outcome = 'ok';
    try {
      return await this.scope(run);
    } catch (error) {
      outcome = AppError.from(error).code;
      throw error;
    } finally {
      const handled = { ...work, outcome, durationMs: performance.now() - startedAt };
      for (const listener of this.listeners) listener(handled);
    }
  }
}

const spanOf = ({ kind, subject, size }: Work): SpanDescription => ({
  name: subject,
  kind: kind === 'rpc' ? 'server' : 'consumer',
  attributes: { 'messaging.system': 'nats', ...(size !== undefined && { 'messaging.batch.message_count': size }) },
});
