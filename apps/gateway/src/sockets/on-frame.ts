import { ClientFrames, validationError, type ClientEvent, type ServerFrame } from '@atrium/contracts';
import {
  applyDecorators,
  Catch,
  SetMetadata,
  UseFilters,
  type ArgumentsHost,
  type ExceptionFilter,
  type PipeTransform,
} from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { Connection } from './connection.ts';

export type FrameInput<E extends ClientEvent> = ReturnType<(typeof ClientFrames)[E]['parse']>;
/** What an `ack` carries. */
export type Answer = ServerFrame<'ack'>['data'];

/**
 * Frames that the dispatcher hands over itself, past Nest's proxies: `auth` because nobody is there yet, `ping` because
 * its answer, a pong, keeps its place, `message.send` because a proxy adds half of all that it costs here.
 */
type DirectHandlers = {
  auth: (connection: Connection, input: FrameInput<'auth'>) => Promise<void>;
  ping: (connection: Connection, input: FrameInput<'ping'>) => ServerFrame<'pong'>['data'];
  'message.send': (connection: Connection, input: FrameInput<'message.send'>) => Promise<Answer>;
};
export type DirectEvent = keyof DirectHandlers;
export const DIRECT: readonly DirectEvent[] = ['auth', 'ping', 'message.send'];
const isDirect = (event: string): event is DirectEvent => (DIRECT as readonly string[]).includes(event);

type Acknowledged<E extends ClientEvent> = (connection: Connection, input: FrameInput<E>) => Answer | void | Promise<Answer | void>;
export type FrameHandler<E extends ClientEvent> = E extends DirectEvent ? DirectHandlers[E] : Acknowledged<E>;

/** Where Nest leaves what a handler was refused with. */
export type Outcome = { refusal?: unknown };

/** Generic in the method itself, so that one that needs fewer arguments or promises more still fits. */
type MethodOf<H> = <M extends H>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<M>) => void;

const GATEWAY = 'atrium:socket-gateway';
const FRAME = 'atrium:frame';

/** Nest's hooks would cost listeners at every socket: who wants to know that one has gone asks `Connections.onLeave`. */
type WithoutHooks = new (...args: never[]) => object & { handleConnection?: never; handleDisconnect?: never };

/** A class whose methods handle frames with `@OnFrame`. All share the one socket, so there is nothing to configure. */
export const SocketGateway =
  () =>
  <T extends WithoutHooks>(target: T): void =>
    applyDecorators(WebSocketGateway(), SetMetadata(GATEWAY, true))(target);

export const isSocketGateway = (target: object): boolean => Reflect.hasMetadata(GATEWAY, target);

/**
 * Handles one frame of the contract, in a class with `@SocketGateway()`. The input is checked before; throw
 * `AppError` to refuse; what is returned goes into the `ack`.
 */
export function OnFrame<E extends ClientEvent>(event: E): MethodOf<FrameHandler<E>> {
  const mark = SetMetadata(FRAME, event);
  if (isDirect(event)) return (target, key, descriptor) => void mark(target, key, descriptor);
  const decorate = applyDecorators(mark, SubscribeMessage(event), UseFilters(new NoteRefusal()));
  return (target, key, descriptor) => {
    ConnectedSocket()(target, key, 0);
    MessageBody(new FramePipe(event))(target, key, 1);
    decorate(target, key, descriptor);
  };
}

/** The frame a method was declared to handle, if it was. */
export function frameOfMethod(method: object): ClientEvent | undefined {
  return Reflect.getMetadata(FRAME, method) as ClientEvent | undefined;
}

/** @throws AppError `validation_failed` */
export function parseFrame<E extends ClientEvent>(event: E, data: unknown): FrameInput<E> {
  const parsed = ClientFrames[event].safeParse(data ?? {});
  if (!parsed.success) throw validationError(parsed.error.issues);
  return parsed.data as FrameInput<E>;
}

class FramePipe<E extends ClientEvent> implements PipeTransform<unknown, FrameInput<E>> {
  constructor(private readonly event: E) {}

  transform(data: unknown): FrameInput<E> {
    return parseFrame(this.event, data);
  }
}

/** Nest's proxy swallows what a filter returns, so the refusal is noted for who sent the frame to it. */
@Catch()
class NoteRefusal implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    host.getArgByIndex<Outcome>(2).refusal = error;
  }
}
