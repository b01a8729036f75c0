import { ClientFrames, validationError, type ClientEvent, type ServerFrame } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { MessagesSocket } from '../messages/messages.socket.ts';
import { RoomsSocket } from '../rooms/rooms.socket.ts';
import { SessionsSocket } from '../accounts/sessions.socket.ts';
import type { Connection } from './connection.ts';

/** What a signed-in client may ask for; `auth` comes before all of them and `ping` asks nothing of a service. */
export type CommandName = Exclude<ClientEvent, 'auth' | 'ping'>;
export type CommandInput<E extends ClientEvent> = z.output<(typeof ClientFrames)[E]>;
/** What an `ack` carries. */
export type Answer = ServerFrame<'ack'>['data'];
export type CommandHandler<E extends CommandName> = (connection: Connection, input: CommandInput<E>) => Promise<Answer | void>;

/** Every command of the socket with its handler: one that is missing does not compile. */
@Injectable()
export class Commands {
  private readonly handlers: { [E in CommandName]: CommandHandler<E> };

  constructor(messages: MessagesSocket, rooms: RoomsSocket, sessions: SessionsSocket) {
    this.handlers = {
      'message.send': (connection, input) => messages.send(connection, input),
      read: (connection, input) => messages.markRead(connection, input),
      typing: (connection, input) => rooms.typing(connection, input),
      focus: (connection, input) => rooms.focus(connection, input),
      presence: (connection, input) => rooms.presence(connection, input),
      token: (connection, input) => sessions.renew(connection, input),
    };
  }

  knows(event: string): event is CommandName {
    return Object.hasOwn(this.handlers, event);
  }

  /** @throws AppError `validation_failed` and whatever the handler refuses with */
  run<E extends CommandName>(event: E, connection: Connection, data: unknown): Promise<Answer | void> {
    return this.handlers[event](connection, parseFrame(event, data));
  }
}

export function parseFrame<E extends ClientEvent>(event: E, data: unknown): CommandInput<E> {
  const parsed = ClientFrames[event].safeParse(data ?? {});
  if (!parsed.success) throw validationError(parsed.error.issues);
  return parsed.data as CommandInput<E>;
}
