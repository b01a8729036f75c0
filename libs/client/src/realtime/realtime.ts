import type { SendReceipt, ServerFrame, TimelineEntry } from '@atrium/contracts';
import { Emitter } from '../emitter.ts';
import { AtriumError } from '../errors.ts';
import type { MessagesApi } from '../http/messages.api.ts';
import type { Backoff } from './backoff.ts';
import { Connection, type ConnectionState } from './connection.ts';
import { FocusedRoom } from './focused-room.ts';
import { Outbox } from './outbox.ts';
import { placeOf, type Draft, type OutboxItem } from './outbox-item.ts';
import type { OutboxStore } from './outbox-store.ts';
import type { FrameData, RealtimeEvents } from './realtime-events.ts';
import { RoomLog } from './room-log.ts';
import type { SocketConstructor } from './socket.ts';
import { TypingThrottle } from './typing-throttle.ts';

export type RealtimeOptions = {
  url: string;
  Socket: SocketConstructor | undefined;
  token: () => Promise<string>;
  renew: () => Promise<string>;
  messages: MessagesApi;
  outbox?: OutboxStore;
  answerWithinMs?: number;
  backoff?: Backoff;
};

/** The live half of the client: what happens now, and what is on its way out. */
export class Realtime extends Emitter<RealtimeEvents> {
  readonly outbox: Outbox;
  readonly #connection: Connection;
  readonly #log: RoomLog;
  readonly #typing: TypingThrottle;
  readonly #reads = new Map<string, { roomId: string; seq: number; threadId?: string }>();
  #userId: string | undefined;
  readonly #focus: FocusedRoom;
  #active = true;

  constructor(options: RealtimeOptions) {
    super();
    this.#log = new RoomLog((roomId, after) => options.messages.events(roomId, after));
    this.#connection = new Connection({ ...options, resume: () => this.#log.resume() });
    this.outbox = new Outbox(
      {
        sendFrame: (frame) => this.#connection.send(frame),
        sendRequest: ({ roomId, clientId, body, files, ...place }) =>
          options.messages.send(roomId, { clientId, body, fileIds: files.map((file) => file.id), ...placeOf(place) }),
      },
      options.outbox,
      options.answerWithinMs,
    );
    this.#focus = new FocusedRoom((frame) => this.#connection.send(frame));
    this.#typing = new TypingThrottle((roomId, typing) => this.#connection.send({ event: 'typing', data: { roomId, typing } }));
    this.#listen();
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }

  /** The last entry of a room that was handed out. */
  seqOf(roomId: string): number | undefined {
    return this.#log.seqOf(roomId);
  }

  open(): void {
    this.#connection.open();
  }

  /** Closes for good: what was known is forgotten, so that the next user starts clean. */
  close(): void {
    this.#connection.close();
    this.#log.clear();
    this.outbox.clear();
    this.#reads.clear();
  }

  nudge(): void {
    this.#connection.nudge();
  }

  /** Puts a message on its way. It stays in the outbox until the server has it. */
  send(draft: Draft, clientId?: string): OutboxItem {
    const item = this.outbox.add(draft, clientId);
    // The message ends it by itself, unless the news of typing is slower than the message.
    this.#typing.set(draft.roomId, false);
    return item;
  }

  typing(roomId: string, typing: boolean): void {
    this.#typing.set(roomId, typing);
  }

  /** Moves the marker forward; offline, the furthest one is told later. */
  read(roomId: string, seq: number, threadId?: string): void {
    const marker = { roomId, seq, ...(threadId ? { threadId } : {}) };
    if (this.#connection.send({ event: 'read', data: marker })) return;
    const place = `${roomId}/${threadId ?? ''}`;
    if (seq >= (this.#reads.get(place)?.seq ?? 0)) this.#reads.set(place, marker);
  }

  focus(roomId: string | null): void {
    this.#focus.set(roomId);
  }

  /** Whether a person is at the keyboard. */
  presence(active: boolean): void {
    if (active === this.#active) return;
    this.#active = active;
    this.#connection.send({ event: 'presence', data: { active } });
  }

  /** Hands a fresh access token to the living socket. */
  renewToken(token: string): void {
    this.#connection.send({ event: 'token', data: { token } });
  }

  #listen(): void {
    this.#connection.on('frame', (frame) => this.#receive(frame));
    this.#connection.on('ready', (ready) => {
      this.#userId = ready.userId;
      void this.outbox.belongTo(ready.userId);
      this.emit('ready', ready);
      this.#log.begin(ready.rooms, ready.reset);
    });
    this.#connection.on('state', (state) => {
      if (state.name === 'online') this.#introduce();
      this.emit('state', state);
    });
    this.#log.on('entries', ({ roomId, entries }) => this.#deliver(roomId, entries));
    this.#log.on('reset', ({ roomId }) => {
      this.emit('reset', { roomId });
      this.#tellOutbox(roomId);
    });
    this.#log.on('removed', (removed) => this.emit('room.removed', removed));
  }

  /** What a new socket must know of this client. */
  #introduce(): void {
    this.#focus.introduce();
    if (!this.#active) this.#connection.send({ event: 'presence', data: { active: false } });
    for (const marker of this.#reads.values()) this.#connection.send({ event: 'read', data: marker });
    this.#reads.clear();
    this.outbox.flush();
  }

  #deliver(roomId: string, entries: TimelineEntry[]): void {
    this.emit('timeline', { roomId, entries });
    for (const entry of entries) {
      if (entry.type !== 'message.created' || entry.message.clientId === undefined) continue;
      const { id, seq, createdAt, clientId, authorId } = entry.message;
      if (authorId === this.#userId) this.outbox.appeared(clientId, { messageId: id, seq, createdAt });
    }
    const last = entries.at(-1);
    if (last) this.outbox.arrived(roomId, last.seq);
  }

  #receive(frame: ServerFrame): void {
    switch (frame.event) {
      case 'timeline':
        return this.#log.receive(frame.data.roomId, frame.data.entries);
      case 'pong':
        return this.#log.compare(frame.data.heads ?? {});
      case 'ack':
        return typeof frame.id === 'string' ? this.#acknowledge(frame.id, frame.data) : undefined;
      case 'error':
        if (typeof frame.id === 'string') this.outbox.refused(frame.id, new AtriumError(frame.data));
        return;
      case 'room.joined':
        this.#log.follow(frame.data.room);
        this.#focus.entered(frame.data.room.id);
        return this.emit('room.joined', frame.data);
      case 'room.removed':
        this.#log.forget(frame.data.roomId);
        return this.emit('room.removed', frame.data);
      case 'ready':
      case 'restarting':
        return;
      default:
        // A newer server may push what this client does not know; nobody listens to it.
        this.emit(frame.event, frame.data as never);
    }
  }

  #acknowledge(id: string, answer: FrameData<'ack'>): void {
    const focused = this.#focus.answered(id);
    if (focused !== undefined) this.emit('focused', { roomId: focused });
    if (!isReceipt(answer)) return;
    this.outbox.acknowledged(id, answer);
    const item = this.outbox.snapshot().find((one) => one.clientId === id);
    if (item) this.#tellOutbox(item.roomId);
  }

  #tellOutbox(roomId: string): void {
    this.outbox.arrived(roomId, this.#log.seqOf(roomId) ?? 0);
  }
}

/** Acknowledgements of other frames carry nothing. */
const isReceipt = (data: FrameData<'ack'>): data is SendReceipt => 'messageId' in data;
