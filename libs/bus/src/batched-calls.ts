import { AppError } from '@atrium/contracts';
import type { SignedCall } from './call.ts';
import { readReply, type RpcReply } from './rpc-reply.ts';

/** One call as it travels in a batch: input and who it is for. */
export type BatchedItem = { input: unknown; call: SignedCall };

type Waiting = { encoded: string; bytes: number; deadlineAt: number; resolve: (value: unknown) => void; reject: (error: unknown) => void };

/** Below NATS' 1 MiB, with room for what the replies add to each item. */
const MAX_BATCH_BYTES = 400 * 1024;
const MAX_BATCH_ITEMS = 500;

/**
 * Gathers the calls of one turn of the event loop into as few bus messages as fit. A request and reply per call
 * costs more than storing a message, so this is what makes the hot path hot. No timer: a lone call leaves in the
 * same turn.
 */
export class BatchedCalls {
  private waiting: Waiting[] = [];
  private scheduled = false;

  constructor(private readonly request: (payload: string, timeoutMs: number) => Promise<string>) {}

  add(input: unknown, call: SignedCall): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const encoded = JSON.stringify({ input, call } satisfies BatchedItem);
      this.waiting.push({ encoded, bytes: Buffer.byteLength(encoded), deadlineAt: call.deadlineAt, resolve, reject });
      if (this.scheduled) return;
      this.scheduled = true;
      setImmediate(() => this.flush());
    });
  }

  private flush(): void {
    this.scheduled = false;
    const waiting = this.waiting;
    this.waiting = [];
    let start = 0;
    let bytes = 0;
    for (let i = 0; i < waiting.length; i++) {
      const size = waiting[i]!.bytes;
      if (i > start && (bytes + size > MAX_BATCH_BYTES || i - start >= MAX_BATCH_ITEMS)) {
        void this.send(waiting.slice(start, i));
        start = i;
        bytes = 0;
      }
      bytes += size;
    }
    void this.send(start === 0 ? waiting : waiting.slice(start));
  }

  private async send(batch: Waiting[]): Promise<void> {
    try {
      const deadlineAt = batch.reduce((latest, item) => Math.max(latest, item.deadlineAt), 0);
      const payload = `[${batch.map((item) => item.encoded).join(',')}]`;
      const replies = JSON.parse(await this.request(payload, deadlineAt - Date.now())) as RpcReply[] | { error: unknown };
      if (!Array.isArray(replies)) throw AppError.fromWire(replies.error);
      batch.forEach((item, index) => settle(item, replies[index]));
    } catch (error) {
      for (const item of batch) item.reject(AppError.from(error));
    }
  }
}

function settle(item: Waiting, reply: RpcReply | undefined): void {
  try {
    if (reply === undefined) throw new AppError('internal');
    item.resolve(readReply(reply));
  } catch (error) {
    item.reject(error);
  }
}
