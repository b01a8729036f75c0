import {
  AppError,
  fileFacts,
  messages,
  profileFacts,
  rooms,
  type FactMark,
  type InputOf,
  type OutputOf,
  type Rpc,
  type TimelineEntry,
} from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { FactsDouble, TestBus, aDatabase, aNats, aService, cleanUp, waitFor, type TestDatabase } from '@atrium/testing';
import type { INestMicroservice } from '@nestjs/common';
import { AppModule } from '../src/app.module.ts';
import { configSchema } from '../src/config.ts';
import { callInside } from './doors.ts';
import { RoomsDouble, aPerson, aRoomState, type Person } from './builders.ts';
import { aWire } from './wire.ts';

/** Instances of the messages service, two unless said otherwise, and before every test a room with Ann as its host, Ben in it and Eve outside. */
export class MessagesStack {
  bus!: TestBus;
  database!: TestDatabase;
  rooms!: RoomsDouble;
  files!: FactsDouble<typeof fileFacts>;
  people!: FactsDouble<typeof profileFacts>;
  room = aRoomState();
  ann = aPerson();
  ben = aPerson();
  eve = aPerson();
  /** Whether rooms refuses to say who is in. */
  roomsAreAway = false;
  private first!: INestMicroservice;
  private environment!: Record<string, string>;

  /** To be made in a describe block. @param settings of the service, beside what every suite needs */
  constructor(
    private readonly instances: 1 | 2 = 2,
    private readonly settings: Record<string, string> = {},
  ) {
    beforeAll(() => this.start(), 30_000);
    beforeEach(() => this.openRoom());
    afterAll(cleanUp);
  }

  startAnother(settings: Record<string, string> = {}): Promise<INestMicroservice> {
    return aService(AppModule, configSchema.parse({ ...this.environment, ...settings }));
  }

  /** Another instance, whose wire to NATS can be cut. */
  async startOnWire(): Promise<{ service: INestMicroservice; cut: () => void }> {
    const natsUrl = new URL(this.environment['NATS_URL']!);
    const { started, cut } = await aWire(Number(natsUrl.port), (port) => {
      natsUrl.port = `${port}`;
      return this.startAnother({ NATS_URL: natsUrl.href });
    });
    return { service: started, cut };
  }

  /** Once, also where a busy machine lets the call be repeated. */
  send(person: Person, body: string, more: object = {}): Promise<OutputOf<typeof messages.send>> {
    return this.bus.call(messages.send, { roomId: this.room.id, body, echo: true, clientId: uuidv7(), ...more }, person.id);
  }

  /** For tests that make thousands of calls: see `callInside`. */
  callInside<R extends Rpc>(rpc: R, input: InputOf<R>, actorId?: string): Promise<OutputOf<R>> {
    return callInside(this.first, rpc, input, actorId);
  }

  refusalOfSend(person: Person, body: string, more: object = {}): Promise<string> {
    return this.bus.refusal(messages.send, { roomId: this.room.id, body, ...more }, person.id);
  }

  async settle(fact: FactMark | Promise<FactMark>): Promise<void> {
    const facts = [await fact];
    // Each call waits for as long as a caller does, which on a busy machine may not be enough.
    await waitFor(async () => (await this.bus.call(messages.settle, { facts })).settled, {
      what: 'the fact to be taken in',
      withinMs: 30_000,
    });
  }

  async allEntries(person: Person): Promise<TimelineEntry[]> {
    const items: TimelineEntry[] = [];
    for (;;) {
      const page = await this.bus.call(messages.events, { roomId: this.room.id, after: items.at(-1)?.seq ?? 0, limit: 100 }, person.id);
      items.push(...page.items);
      if (!page.hasAfter) return items;
    }
  }

  private async start(): Promise<void> {
    const nats = await aNats();
    this.database = await aDatabase('messages');
    this.environment = {
      ...nats.as('messages'),
      MESSAGES_DATABASE_URL: this.database.url,
      MESSAGES_PREVIEW_NETWORKS: '127.0.0.1/32',
      ...this.settings,
    };
    this.bus = await TestBus.connect(nats);
    this.rooms = new RoomsDouble(this.bus);
    this.files = new FactsDouble(this.bus, fileFacts);
    this.people = new FactsDouble(this.bus, profileFacts);
    this.bus.answer(rooms.getMembership, ({ roomId, userId }) => {
      if (this.roomsAreAway) throw new AppError('service_unavailable');
      if (roomId !== this.room.id) throw new AppError('room_not_found');
      return { version: this.rooms.version(roomId), room: this.room, member: this.rooms.members.get(`${roomId}:${userId}`) ?? null };
    });
    this.first = await this.startAnother();
    if (this.instances === 2) await this.startAnother();
  }

  /** Another room, with other people. */
  async openRoom(): Promise<void> {
    this.room = aRoomState();
    [this.ann, this.ben, this.eve] = [aPerson(), aPerson(), aPerson()];
    await this.settle(this.rooms.join(this.room, this.ann, 'host'));
    await this.settle(this.rooms.join(this.room, this.ben));
  }
}
