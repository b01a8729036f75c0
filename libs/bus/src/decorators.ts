import type {
  Call,
  EventContract,
  OutputOf,
  ParsedInputOf,
  PayloadOf,
  Rpc,
  SetAside,
  SignalContract,
  TimelineEntry,
} from '@atrium/contracts';
import type { AppError } from '@atrium/contracts';
import { applyDecorators, Catch, UseFilters, type RpcExceptionFilter } from '@nestjs/common';
import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import { throwError, type Observable } from 'rxjs';
import type { z } from 'zod';

/** What a decorator tells the transport about a handler. */
export type HandlerPlan =
  | { kind: 'rpc'; rpc: Rpc }
  | { kind: 'batch'; rpc: Rpc }
  | { kind: 'durable'; event: EventContract; consumer: string }
  | { kind: 'timeline'; consumer: string }
  | { kind: 'dead'; consumer: string }
  | { kind: 'live'; contract: EventContract | SignalContract };

type SingleRpc = Rpc<z.ZodType, z.ZodType, false>;
type BatchedRpc = Rpc<z.ZodType, z.ZodType, true>;
export type EventMeta = { id: string; attempt: number };
export type BatchItem<R extends Rpc> = { input: ParsedInputOf<R>; call: Call };
/** One commit's entries of one room; `id` is the same at every delivery. */
export type TimelineBatch = { id: string; roomId: string; entries: TimelineEntry[] };

/** Generic in the method itself, so that one that needs fewer arguments or promises more still fits. */
type MethodOf<H> = <M extends H>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<M>) => void;

/** Hands errors to the transport as they are; Nest's own filter would turn them into "Internal server error". */
@Catch()
export class PassErrors implements RpcExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

function handler<H>(pattern: string, plan: HandlerPlan): MethodOf<H> {
  const decorate = applyDecorators(MessagePattern(pattern, { plan }), UseFilters(new PassErrors()));
  return (target, key, descriptor) => {
    // Nest passes only the payload unless told where the context goes.
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    decorate(target, key, descriptor);
  };
}

/** Answers a call. The input is validated before; throw `AppError` to refuse. One instance of the service answers. */
export const HandleRpc = <R extends SingleRpc>(rpc: R) =>
  handler<(input: ParsedInputOf<R>, call: Call) => Promise<OutputOf<R>>>(rpc.subject, { kind: 'rpc', rpc });

/** Answers the batched form of a call: as many results as items, in order, each a value or the `AppError` to send. */
export const HandleRpcBatch = <R extends BatchedRpc>(rpc: R) =>
  handler<(items: BatchItem<R>[]) => Promise<(OutputOf<R> | AppError)[]>>(rpc.subject, { kind: 'batch', rpc });

/**
 * Takes in a durable event: one instance of the service, at least once, acknowledged when the promise resolves,
 * repeated with growing delay when it rejects, set aside after 8 tries. Must be idempotent by `meta.id`.
 */
export const OnEvent = <E extends EventContract>(event: E, options: { consumer: string }) =>
  handler<(payload: PayloadOf<E>, meta: EventMeta) => Promise<void>>(`${event.subject}#${options.consumer}`, {
    kind: 'durable',
    event,
    consumer: options.consumer,
  });

/** Takes in every room's entries durably, one commit and room at a time; like `OnEvent` otherwise. */
export const OnTimeline = (options: { consumer: string }) =>
  handler<(batch: TimelineBatch) => Promise<void>>(`timeline#${options.consumer}`, { kind: 'timeline', consumer: options.consumer });

/** What some durable consumer set aside, with its name and when that was. */
export type ReceivedDeadLetter = SetAside & { consumer: string };

/** Takes in what every durable consumer sets aside; like `OnEvent` otherwise, and tried until it is kept. */
export const OnDeadLetter = (options: { consumer: string }) =>
  handler<(letter: ReceivedDeadLetter) => Promise<void>>(`dead#${options.consumer}`, { kind: 'dead', consumer: options.consumer });

/** Hears an event or a signal on every instance. May be lost; never for anything with a side effect that matters. */
export const OnLiveEvent = <E extends EventContract | SignalContract>(contract: E) =>
  handler<(payload: PayloadOf<E>, meta: EventMeta) => void | Promise<void>>(`${contract.subject}#live`, { kind: 'live', contract });
