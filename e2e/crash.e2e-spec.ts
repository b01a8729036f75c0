import { randomUUID } from 'node:crypto';
import { AtriumClient } from '@atrium/client';
import type { Room, SendReceipt, TimelineEntry } from '@atrium/contracts';
import { cleanUp, onCleanup, waitFor } from '@atrium/testing';
import { PASSWORD } from './support/person.ts';
import { anyGateway, killAndAwaitReturn } from './support/stack.ts';

afterAll(cleanUp);

const PROCESSES = ['gateway', 'messages', 'rooms', 'accounts', 'files', 'files-worker', 'bot', 'nats', 'redis', 'postgres', 's3'];

/** A person with the SDK: what they sent, what was acknowledged, and every entry they were shown. */
class Talker {
  readonly client = new AtriumClient({ baseUrl: anyGateway(), tokenTransport: 'body' });
  readonly entries: TimelineEntry[] = [];
  readonly acknowledged = new Map<string, SendReceipt>();
  readonly refused: unknown[] = [];

  static async arrive(name: string): Promise<Talker> {
    const talker = new Talker();
    await talker.client.auth.register({ username: `${name}-${randomUUID().slice(0, 8)}`, password: PASSWORD });
    return talker;
  }

  async enter(room: Room): Promise<void> {
    const { realtime } = this.client;
    realtime.on('timeline', ({ roomId, entries }) => {
      if (roomId === room.id) this.entries.push(...entries);
    });
    const ready = new Promise<void>((resolve) => realtime.on('ready', () => resolve()));
    realtime.open();
    onCleanup(() => realtime.close());
    await ready;
  }

  say(room: Room, body: string): void {
    const { clientId } = this.client.realtime.send({ roomId: room.id, body });
    this.client.realtime.outbox.receipt(clientId).then(
      (receipt) => this.acknowledged.set(clientId, receipt),
      (error: unknown) => this.refused.push(error),
    );
  }

  get unsettled(): number {
    return this.client.realtime.outbox.snapshot().length;
  }
}

async function stored(talker: Talker, room: Room): Promise<TimelineEntry[]> {
  const all: TimelineEntry[] = [];
  for (;;) {
    const page = await talker.client.messages.events(room.id, all.at(-1)?.seq ?? 0);
    all.push(...page.items);
    if (!page.hasAfter) return all;
  }
}

describe('with the plug pulled on', () => {
  it.each(PROCESSES)(
    '%s, mid-traffic: nothing acknowledged is lost, nothing doubled, and clients catch up by themselves',
    async (name) => {
      const [ann, ben] = [await Talker.arrive('ann'), await Talker.arrive('ben')];
      const room = await ann.client.rooms.create({ name: `Pulling ${name}` });
      await ben.client.rooms.join(room.id);
      await Promise.all([ann.enter(room), ben.enter(room)]);
      let sent = 0;
      const traffic = setInterval(() => (sent++ % 2 ? ann : ben).say(room, `message ${sent}`), 25);
      try {
        await waitFor(() => ann.acknowledged.size >= 10, { what: 'traffic' });
        await killAndAwaitReturn(name);
        const acknowledgedThen = ann.acknowledged.size;
        await waitFor(() => ann.acknowledged.size >= acknowledgedThen + 10, { withinMs: 40_000, what: 'traffic after the return' });
      } finally {
        clearInterval(traffic);
      }
      await waitFor(() => ann.acknowledged.size + ben.acknowledged.size === sent, {
        withinMs: 40_000,
        what: 'every message to be acknowledged',
      });

      const log = await stored(ann, room);
      expect(log.map((entry) => entry.seq)).toEqual(Array.from({ length: log.length }, (_, i) => i + 1));
      const stand = new Map(log.flatMap((entry) => (entry.type === 'message.created' ? [[entry.message.clientId!, entry.seq]] : [])));
      expect(stand.size).toBe(sent);
      for (const talker of [ann, ben]) {
        expect(talker.refused).toEqual([]);
        for (const [clientId, receipt] of talker.acknowledged) expect(stand.get(clientId)).toBe(receipt.seq);
        const last = log.at(-1)!.seq;
        await waitFor(() => talker.entries.at(-1)?.seq === last, { withinMs: 35_000, what: 'the client to have the last entry' });
        const seen = talker.entries.map((entry) => entry.seq);
        expect(seen).toEqual(Array.from({ length: seen.length }, (_, i) => seen[0]! + i));
      }
    },
    150_000,
  );
});
