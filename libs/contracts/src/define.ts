import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import type { Callers } from './processes.ts';

/** Who a call is made for, and until when its answer is of use. Travels in headers, never in a payload. */
export type Call = {
  /** The user the call acts for; absent for calls one service makes on its own behalf. */
  actorId?: string;
  actorRole?: 'user' | 'admin';
  sessionId?: string;
  /** The statement that proves the actor; whoever passes the call on passes it on with it. */
  actorProof?: string;
  requestId: string;
  /** The languages that whoever asks reads, the best first, as tags joined by commas; absent where they say nothing of it. */
  languages?: string;
  /** Epoch milliseconds after which nobody waits for the answer. */
  deadlineAt: number;
};

/** What a contract says of one call. */
export type RpcDefinition = {
  input: z.ZodType;
  output: z.ZodType;
  /** A repeat has the effect of one call: who got no answer may ask again, and the bus asks a second instance by itself. */
  idempotent?: boolean;
  /** Calls made in one turn of the event loop share one bus message (the hot path). */
  batched?: boolean;
  /** The field of a batched call whose value decides which instance is asked: calls with the same wait for one lock. */
  together?: string;
  /** How long a caller waits; 3000 ms unless told. */
  timeoutMs?: number;
  /** The refusals a caller should expect, for the documents. */
  codes?: readonly ErrorCode[];
  /** Who may make this call, and in whose name; the gateway for a user unless told. */
  callers?: Callers;
};

export type Rpc<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType, B extends boolean = boolean> = {
  readonly service: string;
  readonly name: string;
  /** `rpc.<service>.<name>` */
  readonly subject: string;
  readonly input: I;
  readonly output: O;
  readonly idempotent: boolean;
  readonly batched: B;
  readonly together?: string;
  readonly timeoutMs: number;
  readonly codes: readonly ErrorCode[];
  readonly callers: Callers;
};

/** What a caller passes (before defaults are filled in). */
export type InputOf<R extends Rpc> = z.input<R['input']>;
/** What a handler receives (after validation). */
export type ParsedInputOf<R extends Rpc> = z.output<R['input']>;
export type OutputOf<R extends Rpc> = z.output<R['output']>;

/** Part of the type, so that a handler of the other kind does not compile. */
type IsBatched<D extends RpcDefinition> = D extends { batched: true } ? true : false;

/** Declares the calls one service answers. The value returned is what handlers and callers hang on. */
export function defineRpcs<const D extends Record<string, RpcDefinition>>(service: string, definitions: D) {
  const rpcs: Record<string, Rpc> = {};
  for (const [name, definition] of Object.entries(definitions)) {
    rpcs[name] = {
      service,
      name,
      subject: `rpc.${service}.${name}`,
      idempotent: false,
      batched: false,
      timeoutMs: 3000,
      codes: [],
      callers: { gateway: 'for-user' },
      ...definition,
    };
  }
  return rpcs as { readonly [K in keyof D & string]: Rpc<D[K]['input'], D[K]['output'], IsBatched<D[K]>> };
}

/** The methods a class must have to answer every call of a contract (batched ones take a list). */
export type RpcHandlers<C extends Record<string, Rpc>> = {
  [K in keyof C]: (input: ParsedInputOf<C[K]>, call: Call) => Promise<OutputOf<C[K]>>;
};

export type EventContract<P extends z.ZodType = z.ZodType> = {
  readonly kind: 'event';
  readonly service: string;
  readonly name: string;
  /** `events.<service>.<kebab-name>`, captured by the JetStream stream EVENTS. */
  readonly subject: string;
  readonly payload: P;
  /** The field whose value orders events: those with the same are handled one after another. None, where absent. */
  readonly key?: string;
};
export type PayloadOf<E extends { payload: z.ZodType }> = z.output<E['payload']>;

/**
 * Declares durable facts: stored in the outbox with the change they tell, delivered at least once.
 * @param options.key the field whose value orders those events that have it
 */
export function defineEvents<D extends Record<string, z.ZodObject>>(service: string, payloads: D, options: { key?: string } = {}) {
  const events: Record<string, EventContract> = {};
  for (const [name, payload] of Object.entries(payloads)) {
    const key = options.key !== undefined && options.key in payload.shape ? options.key : undefined;
    events[name] = {
      kind: 'event',
      service,
      name,
      subject: `events.${service}.${kebab(name)}`,
      payload,
      ...(key !== undefined && { key }),
    };
  }
  return events as { readonly [K in keyof D & string]: EventContract<D[K]> };
}

export type SignalContract<P extends z.ZodType = z.ZodType> = {
  readonly kind: 'signal';
  readonly service: string;
  readonly name: string;
  /** `live.<service>.<kebab-name>`, plain NATS: every instance that listens, or nobody. */
  readonly subject: string;
  readonly payload: P;
};

/** Declares live signals: typing, presence, progress. They may be lost and are never stored. */
export function defineSignals<D extends Record<string, z.ZodType>>(service: string, payloads: D) {
  const signals: Record<string, SignalContract> = {};
  for (const [name, payload] of Object.entries(payloads)) {
    signals[name] = { kind: 'signal', service, name, subject: `live.${service}.${kebab(name)}`, payload };
  }
  return signals as { readonly [K in keyof D & string]: SignalContract<D[K]> };
}

export type JobContract<P extends z.ZodType = z.ZodType> = {
  readonly kind: 'job';
  readonly service: string;
  readonly name: string;
  /** Of the queue it waits in: `<service>.<kebab-name>`. */
  readonly queue: string;
  readonly payload: P;
};

/** Declares jobs: work that waits in a queue of BullMQ, put there and done by processes of the same service. */
export function defineJobs<D extends Record<string, z.ZodType>>(service: string, payloads: D) {
  const jobs: Record<string, JobContract> = {};
  for (const [name, payload] of Object.entries(payloads)) {
    jobs[name] = { kind: 'job', service, name, queue: `${service}.${kebab(name)}`, payload };
  }
  return jobs as { readonly [K in keyof D & string]: JobContract<D[K]> };
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
