import { STREAMS } from '@atrium/bus';
import { DiscardPolicy } from '@nats-io/jetstream';
import { decodeTimeline, messages, timelineSubject } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { waitFor } from '@atrium/testing';
import { aPerson } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';

describe('the facts of a room', () => {
  const stack = new MessagesStack();

  it('takes the facts of a room in their order, however late one arrives, and each once', async () => {
    const joined = stack.rooms.facts.keep('memberJoined', stack.rooms.joined(stack.room, stack.eve));
    await stack.settle(stack.rooms.remove(stack.room, stack.eve, 'kicked'));
    await stack.rooms.facts.deliver(joined);
    await stack.settle(stack.rooms.update(stack.room, { topic: 'after' }));
    expect(await stack.bus.refusal(messages.page, { roomId: stack.room.id }, stack.eve.id)).toBe('not_a_member');
    expect((await stack.allEntries(stack.ann)).slice(2).map(({ type }) => type)).toEqual([
      'member.joined',
      'member.kicked',
      'room.updated',
    ]);
  });

  it('takes in a removal of which it never heard', async () => {
    const removed = stack.rooms.removed(stack.room, stack.ben, 'kicked');
    stack.rooms.facts.keep('memberRemoved', removed);
    const late = await stack.startAnother();
    await waitFor(async () => (await stack.bus.refusal(messages.page, { roomId: stack.room.id }, stack.ben.id)) === 'not_a_member', {
      what: 'the removal to be known',
    });
    expect((await stack.allEntries(stack.ann)).at(-1)).toMatchObject({ type: 'member.kicked', userId: stack.ben.id });
    await late.close();
  });

  it('asks once for all who wait for the same, however many they are', async () => {
    const people = Array.from({ length: 40 }, () => aPerson());
    const marks = people.map((person) => stack.rooms.facts.keep('memberJoined', stack.rooms.joined(stack.room, person)));
    const before = stack.rooms.facts.asked;
    await Promise.all(marks.map((mark) => stack.settle(mark)));
    // Two instances, and those who came too late for the first answer.
    expect(stack.rooms.facts.asked - before).toBeLessThanOrEqual(6);
    const pages = people.map((person) => stack.bus.call(messages.page, { roomId: stack.room.id }, person.id));
    await Promise.all(pages);
  });

  it('keeps an archived room closed when older news of it arrives', async () => {
    const at = new Date().toISOString();
    const older = {
      roomId: stack.room.id,
      version: stack.rooms.next(stack.room.id),
      at,
      actorId: null,
      room: { ...stack.room },
      changed: ['topic'],
    };
    const olderFact = stack.rooms.facts.keep('roomUpdated', older);
    const archived = { roomId: stack.room.id, version: stack.rooms.next(stack.room.id), at, actorId: null, archivedAt: at };
    await stack.settle(stack.rooms.facts.tell('roomArchived', archived));
    await stack.rooms.facts.deliver(olderFact);
    await stack.settle(stack.rooms.update(stack.room, { archivedAt: at }));
    expect(await stack.refusalOfSend(stack.ann, 'anyone?')).toBe('room_archived');
  });

  it('reads a removal as the last entry of whoever was removed', async () => {
    const heard = await stack.bus.hearSubject(timelineSubject(stack.room.id), decodeTimeline);
    await stack.settle(stack.rooms.remove(stack.room, stack.ben));
    await waitFor(() => heard.length > 0, { what: 'the removal' });
    expect(heard[0]!.header.removed).toEqual([{ userId: stack.ben.id, seq: 3 }]);
  });

  it('keeps a muted member from writing until the mute ends or is lifted, and tells the room both', async () => {
    const until = new Date(Date.now() + 60_000).toISOString();
    await stack.settle(await stack.rooms.mute(stack.room, stack.ben, until, 'too loud'));
    expect(await stack.refusalOfSend(stack.ben, 'but')).toBe('muted');
    await stack.settle(await stack.rooms.mute(stack.room, stack.ben, new Date(Date.now() - 1).toISOString()));
    expect(await stack.refusalOfSend(stack.ben, 'it is over')).toBe('answered without a refusal');
    await stack.settle(await stack.rooms.mute(stack.room, stack.ben, until));
    await stack.settle(await stack.rooms.mute(stack.room, stack.ben, null));
    expect(await stack.refusalOfSend(stack.ben, 'it was lifted')).toBe('answered without a refusal');
    const told = (await stack.allEntries(stack.ann)).filter((entry) => entry.type === 'member.muted');
    expect(told[0]).toMatchObject({ userId: stack.ben.id, mutedUntil: until, reason: 'too loud' });
    expect(told.at(-1)).toMatchObject({ userId: stack.ben.id, mutedUntil: null });
  });

  it('reads a ban as the last entry of a member, and of an outsider as one by which nobody left', async () => {
    const heard = await stack.bus.hearSubject(timelineSubject(stack.room.id), decodeTimeline);
    await stack.settle(await stack.rooms.remove(stack.room, stack.ben, 'banned'));
    const at = new Date().toISOString();
    const fact = { roomId: stack.room.id, version: stack.rooms.next(stack.room.id), at, actorId: stack.ann.id };
    await stack.settle(await stack.rooms.facts.tell('outsiderBanned', { ...fact, userId: stack.eve.id, reason: 'spam', until: null }));
    await waitFor(() => heard.length === 2, { what: 'both bans' });
    expect(heard.map(({ header }) => header.removed)).toEqual([[{ userId: stack.ben.id, seq: 3 }], undefined]);
    expect(await stack.refusalOfSend(stack.ben, 'hello?')).toBe('not_a_member');
    expect((await stack.allEntries(stack.ann)).slice(2)).toMatchObject([
      { type: 'member.banned', userId: stack.ben.id, wasMember: true },
      { type: 'member.banned', userId: stack.eve.id, wasMember: false, reason: 'spam', until: null },
    ]);
  });

  it('takes a redelivered fact once', async () => {
    const toggled = await stack.rooms.facts.tell('botToggled', {
      roomId: stack.room.id,
      version: stack.rooms.next(stack.room.id),
      at: new Date().toISOString(),
      actorId: stack.ann.id,
      enabled: false,
    });
    await stack.settle(toggled);
    await stack.rooms.facts.deliverAgain(toggled);
    await stack.settle(stack.rooms.update(stack.room, { topic: 'after' }));
    expect((await stack.allEntries(stack.ann)).filter((entry) => entry.type === 'bot.toggled')).toHaveLength(1);
  });

  describe('while JetStream refuses', () => {
    const lose = {
      'its streams are gone': async () => {
        for (const name of ['EVENTS', 'LOG']) await stack.bus.streams.manager.streams.delete(name);
      },
      'its streams are full': async () => {
        for (const name of ['EVENTS', 'LOG']) {
          const { config } = await stack.bus.streams.manager.streams.info(name);
          await stack.bus.streams.manager.streams.update(name, { ...config, discard: DiscardPolicy.New, max_bytes: 1 });
        }
      },
    };

    afterEach(async () => {
      stack.bus.streams.doubt();
      await stack.bus.streams.ensure();
      for (const definition of [STREAMS.EVENTS, STREAMS.LOG]) {
        const { config } = await stack.bus.streams.manager.streams.info(definition.name);
        await stack.bus.streams.manager.streams.update(definition.name, { ...config, max_bytes: definition.max_bytes });
      }
    });

    it.each(Object.entries(lose))('%s: a removal holds once it is settled, and is pushed', async (_case, refuse) => {
      await stack.send(stack.ben, 'still in');
      const heard = await stack.bus.hearSubject(timelineSubject(stack.room.id), decodeTimeline);
      await refuse();
      const removal = stack.rooms.facts.keep('memberRemoved', stack.rooms.removed(stack.room, stack.ben, 'kicked'));
      await stack.settle(removal);
      expect(await stack.refusalOfSend(stack.ben, 'out')).toBe('not_a_member');
      expect(await stack.bus.refusal(messages.page, { roomId: stack.room.id }, stack.ben.id)).toBe('not_a_member');
      expect((await stack.send(stack.ann, 'he is out')).seq).toBe(5);
      await waitFor(() => heard.length === 2, { what: 'both entries' });
      expect(heard.map(({ header }) => header.removed)).toEqual([[{ userId: stack.ben.id, seq: 4 }], undefined]);
    });
  });

  it('are not settled while rooms does not answer what is missing', async () => {
    const removal = stack.rooms.facts.keep('memberRemoved', stack.rooms.removed(stack.room, stack.ben, 'kicked'));
    stack.rooms.facts.isAway = true;
    const within = { deadlineAt: Date.now() + 600 };
    expect(await stack.bus.rpc.call(messages.settle, { facts: [removal] }, within)).toEqual({ settled: false });
    stack.rooms.facts.isAway = false;
    await stack.settle(removal);
  });

  it('keep the bot from posting once it is switched off', async () => {
    const post = () => stack.bus.refusal(messages.postAsBot, { roomId: stack.room.id, body: 'hello', clientId: `bot:${uuidv7()}` });
    expect(await post()).toBe('answered without a refusal');
    const at = new Date().toISOString();
    const off = { roomId: stack.room.id, version: stack.rooms.next(stack.room.id), at, actorId: stack.ann.id, enabled: false };
    await stack.settle(await stack.rooms.facts.tell('botToggled', off));
    expect(await post()).toBe('forbidden');
  });
});
