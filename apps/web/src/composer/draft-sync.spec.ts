import { AtriumError } from '@atrium/client';
import type { DraftInput } from '@atrium/contracts';
import { DraftSync, bothOf } from './draft-sync.ts';

type Kept = { roomId: string; parentId?: string; body: string; version: number };

/** A server with the drafts of one person, and what it tells their devices. */
class Server {
  readonly drafts = new Map<string, Kept>();
  readonly devices: Device[] = [];

  keep(roomId: string, { body, parentId, ifVersion }: DraftInput): Kept {
    const place = parentId ?? roomId;
    const known = this.drafts.get(place);
    if (known && known.body !== '' && known.body !== body && ifVersion !== known.version) {
      throw new AtriumError({ code: 'stale_version', status: 412, detail: '' });
    }
    const kept = { roomId, ...(parentId ? { parentId } : {}), body, version: (known?.version ?? 0) + 1 };
    this.drafts.set(place, kept);
    for (const device of this.devices) if (device.online) device.sync.receive(kept);
    return kept;
  }
}

/** A page that is open somewhere, with a storage of its own. */
class Device {
  online = true;
  readonly texts = new Map<string, string>();
  private readonly stored = new Map<string, string>();
  private waiting: (() => void)[] = [];
  sync = this.open();

  constructor(private readonly server: Server) {
    server.devices.push(this);
  }

  /** Also after a reload. */
  open(): DraftSync {
    const line = <T>(answer: () => T): Promise<T> =>
      this.online ? Promise.resolve().then(answer) : Promise.reject(new AtriumError({ code: 'network', status: 0, detail: '' }));
    return new DraftSync({
      userId: () => 'ann',
      keep: (roomId, draft) => line(() => this.server.keep(roomId, draft)),
      list: () => line(() => [...this.server.drafts.values()].filter(({ body }) => body !== '')),
      read: (place) => this.texts.get(place) ?? '',
      replace: (place, text) => void this.texts.set(place, text),
      places: () => [...this.texts.keys()],
      storage: {
        getItem: (key) => this.stored.get(key) ?? null,
        setItem: (key, value) => void this.stored.set(key, value),
        removeItem: (key) => void this.stored.delete(key),
      },
      later: (_place, act) => void this.waiting.push(act),
    });
  }

  write(text: string, place = 'ann.room'): void {
    this.texts.set(place, text);
    this.sync.written(place);
  }

  /** Time passes. */
  async rest(): Promise<void> {
    for (let due = this.waiting; due.length > 0; due = this.waiting) {
      this.waiting = [];
      for (const act of due) act();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async reconnect(): Promise<void> {
    this.online = true;
    await this.sync.refresh();
    await this.rest();
  }

  get text(): string {
    return this.texts.get('ann.room') ?? '';
  }
}

describe('a draft', () => {
  let server: Server;
  let desk: Device;
  let phone: Device;
  beforeEach(() => {
    server = new Server();
    [desk, phone] = [new Device(server), new Device(server)];
  });

  it('goes to the other devices, and goes from them when it is sent', async () => {
    desk.write('hello');
    await desk.rest();
    expect(phone.text).toBe('hello');
    desk.write('in a thread', 'ann.room.root');
    await desk.rest();
    expect(phone.texts.get('ann.room.root')).toBe('in a thread');
    desk.write('');
    await desk.rest();
    expect(phone.text).toBe('');
  });

  it.each(['ask.room', 'ask.ann.room'])('that is no message goes nowhere: %s', async (place) => {
    desk.write('a question to the files', place);
    await desk.rest();
    expect([...server.drafts.values(), ...phone.texts]).toEqual([]);
  });

  it('is continued on another device without a conflict', async () => {
    desk.write('one');
    await desk.rest();
    phone.write('one two');
    await phone.rest();
    desk.write('one two three');
    await desk.rest();
    expect([desk.text, phone.text]).toEqual(['one two three', 'one two three']);
  });

  it('is not written over while somebody writes', async () => {
    desk.write('from the desk');
    phone.write('from the phone');
    await desk.rest();
    expect(phone.text).toBe('from the phone');
    await phone.rest();
    expect([desk.text, phone.text]).toEqual(Array(2).fill('from the desk\n\nfrom the phone'));
  });

  it('that was written without a line meets what was written with one', async () => {
    desk.write('plan');
    await desk.rest();
    phone.online = false;
    phone.write('plan B');
    await phone.rest();
    desk.write('plan A');
    await desk.rest();
    expect(phone.text).toBe('plan B');
    await phone.reconnect();
    expect([desk.text, phone.text]).toEqual(Array(2).fill('plan A\n\nplan B'));
  });

  it('goes after a reload, when it was sent elsewhere meanwhile, and stays when it was changed here', async () => {
    desk.write('hello');
    await desk.rest();
    phone.online = false;
    desk.write('');
    await desk.rest();
    phone.sync = phone.open();
    await phone.reconnect();
    expect(phone.text).toBe('');
    phone.online = false;
    phone.write('still mine');
    await phone.rest();
    phone.sync = phone.open();
    await phone.reconnect();
    expect(desk.text).toBe('still mine');
  });
});

describe('two texts of one draft', () => {
  it.each([
    ['a b', 'a', 'a b'],
    ['a', 'a b', 'a b'],
    ['a', 'b', 'a\n\nb'],
  ])('%j and %j become %j', (there, here, both) => expect(bothOf(there, here)).toBe(both));
});
