import { aCreated, aJoin, aMessage, anId, anInstant, ANN, aRoom, BEN, ROOM } from '../../test/builders.ts';
import { RoomList } from './room-list.ts';

describe('the list of rooms of a client', () => {
  let list: RoomList;
  beforeEach(() => {
    list = new RoomList();
    list.replace(ANN, [aRoom({ lastSeq: 3 })]);
  });
  const room = () => list.get(ROOM);

  it('counts what others write, and who names me', () => {
    list.apply(ROOM, [
      aCreated(aMessage(4, { authorId: BEN })),
      aCreated(aMessage(5, { authorId: BEN, mentions: { userIds: [ANN], room: false, here: false, moderators: false } })),
    ]);
    expect(room()).toMatchObject({ lastSeq: 5, lastMessage: { seq: 5 }, me: { unread: 2, mentions: 1 } });
  });

  it('does not count own messages, the bot, replies, or what the snapshot contained', () => {
    list.apply(ROOM, [
      aCreated(aMessage(3, { authorId: BEN })),
      aCreated(aMessage(4, { authorId: BEN, kind: 'bot' })),
      aCreated(aMessage(5, { authorId: BEN, parentId: anId(1003) })),
    ]);
    expect(room()?.me).toMatchObject({ unread: 0 });
    list.apply(ROOM, [aCreated(aMessage(6, { authorId: BEN })), aCreated(aMessage(7, { authorId: ANN }))]);
    expect(room()?.me).toMatchObject({ unread: 0, readSeq: 7 });
  });

  it('counts and shows a reply that is also in the room', () => {
    const reply = aMessage(4, { authorId: BEN, parentId: anId(1003), alsoInRoom: true });
    list.apply(ROOM, [aCreated(reply)]);
    expect(room()).toMatchObject({ lastMessage: { id: reply.id }, me: { unread: 1 } });
    list.apply(ROOM, [aCreated(aMessage(5, { authorId: ANN, parentId: anId(1003), alsoInRoom: true }))]);
    expect(room()).toMatchObject({ lastMessage: { seq: 5 }, me: { unread: 1 } });
  });

  it('leaves the marker of the room where it was when one replies in a thread', () => {
    list.apply(ROOM, [aCreated(aMessage(4, { authorId: BEN }))]);
    const before = room()?.me;
    list.apply(ROOM, [aCreated(aMessage(5, { authorId: ANN, parentId: anId(1004) }))]);
    expect(room()).toMatchObject({ lastSeq: 5, me: { ...before, unread: 1 } });
  });

  describe('told of a marker', () => {
    const named = { userIds: [ANN], room: false, here: false, moderators: false };
    const told = (lastSeq: number, unread: number, readSeq = 3) => ({
      roomId: ROOM,
      readSeq,
      lastSeq,
      unread,
      mentions: 0,
      threadUnread: 0,
    });

    it('counts on top what came before it and was not counted with it', () => {
      list.apply(ROOM, [aCreated(aMessage(4, { authorId: BEN })), aCreated(aMessage(5, { authorId: BEN, mentions: named }))]);
      expect(list.read(told(4, 0, 4))).toBe(false);
      expect(room()?.me).toMatchObject({ readSeq: 4, unread: 1, mentions: 1 });
    });

    it('does not count again what comes after it and was counted with it', () => {
      expect(list.read(told(5, 2))).toBe(false);
      list.apply(ROOM, [aCreated(aMessage(4, { authorId: BEN })), aCreated(aMessage(5, { authorId: BEN }))]);
      expect(room()).toMatchObject({ lastSeq: 5, lastMessage: { seq: 5 }, me: { unread: 2 } });
      list.apply(ROOM, [aCreated(aMessage(6, { authorId: BEN }))]);
      expect(room()?.me).toMatchObject({ unread: 3 });
    });

    it('says that it cannot tell where the marker is from before the room was read, and leaves the room as it is', () => {
      list.apply(ROOM, [aCreated(aMessage(4, { authorId: BEN }))]);
      expect(list.read(told(2, 7, 1))).toBe(true);
      expect(room()?.me).toMatchObject({ unread: 1 });
      list.apply(
        ROOM,
        Array.from({ length: 150 }, (_, index) => aCreated(aMessage(5 + index, { authorId: BEN }))),
      );
      expect(list.read(told(10, 0, 10))).toBe(true);
      expect(list.read(told(100, 0, 100))).toBe(false);
      expect(room()?.me).toMatchObject({ unread: 54 });
    });

    it('begins to count anew with what the server tells of the room', () => {
      list.read(told(6, 3));
      list.put(aRoom({ lastSeq: 5 }));
      const { unread } = room()!.me!;
      list.apply(ROOM, [aCreated(aMessage(6, { authorId: BEN }))]);
      expect(room()?.me).toMatchObject({ unread: unread + 1 });
    });
  });

  it('follows the marker of another device', () => {
    list.apply(ROOM, [aCreated(aMessage(4, { authorId: BEN }))]);
    list.read({ roomId: ROOM, readSeq: 4, unread: 0, mentions: 0, threadUnread: 0 });
    expect(room()?.me).toMatchObject({ readSeq: 4, unread: 0 });
  });

  it('takes of levels told out of order the latest, and of preferences what was said nowhere else', () => {
    list.notify({ roomId: ROOM, level: 'nothing', notify: 'nothing', version: 8 });
    list.notify({ roomId: ROOM, level: 'all', notify: 'all', version: 7 });
    expect(room()?.me).toMatchObject({ notify: 'nothing', roomNotify: { level: 'nothing' } });
    list.notifyByDefault('mentions');
    expect(room()?.me).toMatchObject({ notify: 'nothing' });
    list.notify({ roomId: ROOM, level: 'default', notify: 'mentions', version: 9 });
    expect(room()?.me?.roomNotify).toBeUndefined();
    list.notifyByDefault('all');
    expect(room()?.me).toMatchObject({ notify: 'all' });
  });

  it('shows what the last message links to, and asks where the entry could not tell everyone', () => {
    const last = aMessage(4, { authorId: BEN });
    const previews = [{ id: anId(90), url: 'https://a.example/', site: 'a.example', title: 'A page' }];
    const entry = { seq: 5, at: anInstant(5), actorId: null, type: 'message.previewed', messageId: last.id } as const;
    list.apply(ROOM, [aCreated(last), { ...entry, message: { ...last, previews } }]);
    expect(room()?.lastMessage).toEqual({ ...last, previews });
    expect(list.isTouchedBy(ROOM, { ...entry, message: last })).toBe(false);
    expect(list.isTouchedBy(ROOM, entry)).toBe(true);
    expect(list.isTouchedBy(ROOM, { ...entry, messageId: anId(1003) })).toBe(false);
  });

  it('follows members, roles, the host and settings', () => {
    list.apply(ROOM, [
      aJoin(4),
      { seq: 5, at: anInstant(5), actorId: ANN, type: 'host.changed', previousHostId: ANN, hostId: BEN },
      { seq: 6, at: anInstant(6), actorId: BEN, type: 'room.updated', changed: ['topic'], room: { topic: 'new' } },
      { seq: 7, at: anInstant(7), actorId: BEN, type: 'bot.toggled', enabled: false },
    ]);
    expect(room()).toMatchObject({ memberCount: 3, hostId: BEN, topic: 'new', botEnabled: false, me: { role: 'moderator' } });
  });

  it('follows bans and mutes', () => {
    const by = { at: anInstant(4), actorId: BEN };
    list.apply(ROOM, [
      { ...by, seq: 4, type: 'member.banned', userId: anId(70), reason: null, until: null, wasMember: false },
      { ...by, seq: 5, type: 'member.muted', userId: ANN, mutedUntil: anInstant(50), reason: 'loud' },
    ]);
    expect(room()).toMatchObject({ memberCount: 2, me: { mutedUntil: anInstant(50), muteReason: 'loud' } });
    list.apply(ROOM, [
      { ...by, seq: 6, type: 'member.banned', userId: anId(71), reason: null, until: null, wasMember: true },
      { ...by, seq: 7, type: 'member.muted', userId: ANN, mutedUntil: null, reason: null },
    ]);
    expect(room()?.memberCount).toBe(1);
    expect(room()?.me).not.toHaveProperty('mutedUntil');
    expect(room()?.me).not.toHaveProperty('muteReason');
  });

  it('sorts by latest activity', () => {
    list.put(aRoom({ id: anId(9), name: 'Other', lastMessage: aMessage(1, { createdAt: anInstant(50) }) }));
    expect(list.snapshot().map(({ id }) => id)).toEqual([anId(9), ROOM]);
    list.apply(ROOM, [aCreated(aMessage(60))]);
    expect(list.snapshot().map(({ id }) => id)).toEqual([ROOM, anId(9)]);
  });

  it('puts favourites first, whatever happens elsewhere', () => {
    list.put(aRoom({ id: anId(9), name: 'Other', lastMessage: aMessage(1, { createdAt: anInstant(50) }) }));
    list.favour(ROOM, true);
    expect(list.snapshot().map(({ id }) => id)).toEqual([ROOM, anId(9)]);
    list.favour(ROOM, false);
    expect(list.snapshot().map(({ id }) => id)).toEqual([anId(9), ROOM]);
  });

  it('knows who acts for the host, until nobody does', () => {
    list.act({ roomId: ROOM, actingHostId: BEN, version: 1 });
    expect(room()).toMatchObject({ actingHostId: BEN });
    list.act({ roomId: ROOM, actingHostId: null, version: 2 });
    expect(room()).not.toHaveProperty('actingHostId');
    // Told by another server, later than what followed it.
    list.act({ roomId: ROOM, actingHostId: BEN, version: 1 });
    expect(room()).not.toHaveProperty('actingHostId');
  });

  it('does not take an answer that is older than what the log told', () => {
    list.apply(ROOM, [aCreated(aMessage(9, { authorId: BEN }))]);
    expect(list.put(aRoom({ lastSeq: 4 }))).toBe(false);
    expect(room()?.lastSeq).toBe(9);
    expect(list.put(aRoom({ lastSeq: 9 }))).toBe(true);
  });
});
