import { AppError } from '@atrium/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import { sendProblem } from './problem.ts';

export type Patience = {
  /** Without a byte of a body that is to come. */
  silenceMs: number;
  /** For all of a body; an upload may take longer as long as it comes at a reasonable rate. */
  bodyMs: number;
};

/** What an upload must average once `bodyMs` are over: less than the slowest line that anyone uploads over. */
const UPLOAD_BYTES_PER_MS = 2;
/** For a client that was refused before its body was read: to hear the answer instead of a broken line. */
const LINGER_MS = 2000;
/** Without the client taking a byte of an answer that waits for it. A line may be slow, and one write of ours long. */
const STALLED_MS = 60_000;
const TICK_MS = 1000;

/** A request under way, from its headers until its connection is free again. */
class Exchange {
  private readonly startedAt: number;
  private readonly bytesBefore: number;
  private readonly socket: Socket;
  private progress = -1;
  private movedAt: number;
  private answeredAt: number | undefined;

  constructor(
    readonly request: FastifyRequest,
    readonly reply: FastifyReply,
    now: number,
  ) {
    this.startedAt = this.movedAt = now;
    this.socket = request.raw.socket;
    this.bytesBefore = this.socket.bytesRead;
  }

  /** Ends it when the client keeps it waiting. */
  check(now: number, patience: Patience): void {
    const { raw } = this.request;
    if (this.reply.raw.headersSent) this.answeredAt ??= now;
    const progress = raw.complete ? this.bytesTaken : this.socket.bytesRead;
    // What has come and was not read yet waits for us, not for the client.
    if (progress !== this.progress || (!raw.complete && raw.readableLength > 0)) this.movedAt = now;
    this.progress = progress;
    if (raw.complete) {
      if (this.socket.writableLength > 0 && now - this.movedAt > STALLED_MS) this.socket.destroy();
    } else if (this.answeredAt !== undefined) {
      if (now - this.answeredAt > Math.min(LINGER_MS, patience.silenceMs)) raw.destroy();
    } else if (this.isLate(now, patience)) this.refuse();
  }

  private get bytesTaken(): number {
    return this.socket.bytesWritten - this.socket.writableLength;
  }

  private isLate(now: number, { silenceMs, bodyMs }: Patience): boolean {
    const elapsedMs = now - this.startedAt;
    if (now - this.movedAt > silenceMs) return true;
    if (elapsedMs <= bodyMs) return false;
    const { endpoint } = this.request.routeOptions.config;
    const isUpload = endpoint?.multipart === true || endpoint?.bytes === true;
    return !isUpload || this.socket.bytesRead - this.bytesBefore < elapsedMs * UPLOAD_BYTES_PER_MS;
  }

  private refuse(): void {
    void this.reply.header('connection', 'close');
    // Whoever still reads the body learns it in this way alone: Node holds an answered request for done with.
    this.reply.raw.once('close', () => this.request.raw.destroy());
    sendProblem(new AppError('request_timeout'), this.request, this.reply);
  }
}

/**
 * Ends requests that keep us waiting: held open, they cost memory and descriptors. One timer looks at all of them.
 * Headers and idle connections have deadlines of Node's own.
 */
export function watchDeadlines(fastify: FastifyInstance, patience: Patience): void {
  const exchanges = new Set<Exchange>();
  const timer = setInterval(
    () => {
      const now = performance.now();
      for (const exchange of exchanges) exchange.check(now, patience);
    },
    Math.min(TICK_MS, patience.silenceMs / 2),
  ).unref();
  fastify.addHook('onClose', (_instance, done) => {
    clearInterval(timer);
    done();
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    const exchange = new Exchange(request, reply, performance.now());
    exchanges.add(exchange);
    // The body of a request that was answered early may still be coming, and an answer outlives the body.
    let open = 2;
    const end = () => --open === 0 && exchanges.delete(exchange);
    request.raw.once('close', end);
    reply.raw.once('close', end);
    done();
  });
}
