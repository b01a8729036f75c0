import { ClientFrames, type ClientEvent } from '@atrium/contracts';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { isObservable, lastValueFrom } from 'rxjs';
import type { Connection } from './connection.ts';
import { DIRECT, frameOfMethod, isSocketGateway, type Answer, type DirectEvent, type FrameHandler, type Outcome } from './on-frame.ts';

type Method = (...args: never[]) => unknown;
type Found = { event: ClientEvent; name: string; run: Method };
type Direct = { [E in DirectEvent]: FrameHandler<E> };

/** Every handler of a client's frames. A frame that has none, or two, keeps the gateway from starting. */
@Injectable()
export class FrameHandlers implements OnModuleInit {
  /** What the dispatcher calls itself. */
  direct!: Direct;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    const found = this.find();
    for (const event of Object.keys(ClientFrames) as ClientEvent[]) requireOne(event, found);
    this.direct = Object.fromEntries(DIRECT.map((event) => [event, found.find((one) => one.event === event)!.run])) as unknown as Direct;
  }

  private find(): Found[] {
    return this.discovery.getProviders().flatMap(({ instance, metatype }) => {
      if (!metatype || !isSocketGateway(metatype)) return [];
      const methods = instance as Record<string, Method>;
      return this.scanner.getAllMethodNames(metatype.prototype as object).flatMap((key) => {
        const event = frameOfMethod(methods[key]!);
        return event ? [{ event, name: `${metatype.name}.${key}`, run: methods[key]!.bind(instance) as Method }] : [];
      });
    });
  }
}

function requireOne(event: ClientEvent, found: readonly Found[]): void {
  const handlers = found.filter((handler) => handler.event === event);
  if (handlers.length === 0)
    throw new Error(`the frame ${event} has no handler: add a method with @OnFrame('${event}') to a provider with @SocketGateway()`);
  if (handlers.length > 1)
    throw new Error(`the frame ${event} has ${handlers.length} handlers: keep one of ${handlers.map(({ name }) => name).join(', ')}`);
}

/**
 * Runs the handler that Nest bound for this connection, with whatever guards, pipes and interceptors it has.
 * @throws what the handler was refused with
 */
export async function runThroughNest(connection: Connection, event: string, data: unknown): Promise<Answer | void> {
  const outcome: Outcome = {};
  const result = await connection.handlers[event]!(data, outcome);
  // Nest leaves it to an adapter to run what an interceptor made of the call.
  const answer: unknown = isObservable(result) ? await lastValueFrom(result, { defaultValue: undefined }) : result;
  if ('refusal' in outcome) throw outcome.refusal;
  return answer as Answer | void;
}
