import { aRoom, moderator, numbered, ok, once, refusedOtherwise, saidAfterwards, type Lane, type Race } from './race.ts';

const four = ['one', 'two', 'three', 'four'];
const sendsOf =
  ({ second }: Lane, roomId: string) =>
  (body: string) =>
    second.call('POST', `/api/rooms/${roomId}/messages`, { body });

const kicking: Race = {
  key: 'kick',
  name: 'a kick against sends',
  async run(lane) {
    const { host, second } = lane;
    const roomId = await aRoom(lane, [second]);
    const send = sendsOf(lane, roomId);
    const [kicked, ...sent] = await Promise.all([
      host.call('POST', `/api/rooms/${roomId}/members/${second.id}/kick`, { reason: 'race' }),
      ...four.map(send),
    ]);
    const after = await send('too late');
    return {
      roomId,
      answers: [kicked, ...sent],
      expected: [
        { person: host, isIn: true, isHost: true, acts: {} },
        { person: second, isIn: !ok(kicked), acts: once('member.kicked', kicked) },
      ],
      unexpected: [
        ...refusedOtherwise({ kicked }, []),
        ...refusedOtherwise(numbered('send', sent), ['not_a_member', 'room_not_found']),
        ...(ok(kicked) && ok(after) ? ['whoever was kicked wrote afterwards'] : []),
      ],
      look: (facts) => saidAfterwards(facts, second.id, 'member.kicked', sent.filter(ok).length),
    };
  },
};

/** Both may, and one of them comes second. */
const kickingTwice: Race = {
  key: 'kicks',
  name: 'two kicks, a ban and a promotion of one member',
  async run(lane) {
    const { host, second, third } = lane;
    const roomId = await aRoom(lane, [second, third]);
    await moderator(lane, roomId, third);
    const place = `/api/rooms/${roomId}/members/${second.id}`;
    const [kicked, kickedToo, banned, promoted] = await Promise.all([
      host.call('POST', `${place}/kick`, {}),
      third.call('POST', `${place}/kick`, {}),
      host.call('POST', `${place}/ban`, { reason: 'race' }),
      host.call('PATCH', place, { role: 'moderator' }),
    ]);
    const kicks = [kicked, kickedToo].filter(ok).length;
    return {
      roomId,
      answers: [kicked, kickedToo, banned, promoted],
      expected: [
        { person: host, isIn: true, isHost: true, acts: {} },
        { person: third, isIn: true, acts: {} },
        { person: second, isIn: false, acts: { 'member.kicked': kicks, ...once('member.banned', banned) } },
      ],
      unexpected: [
        ...refusedOtherwise({ kicked, kickedToo }, ['member_not_found', 'forbidden']),
        ...refusedOtherwise({ promoted }, ['member_not_found']),
        ...refusedOtherwise({ banned }, []),
        ...(kicks > 1 ? [`${kicks} kicks were answered with success`] : []),
      ],
      // Somebody was made moderator and then taken out, and the answer was written when they were gone.
      look: ({ audit }) =>
        ok(promoted) && !audit.some(({ action, targetId }) => action === 'member.role' && targetId === second.id)
          ? ['a promotion was answered with success and is not written down']
          : [],
    };
  },
};

const muting: Race = {
  key: 'mute',
  name: 'a mute against sends',
  async run(lane) {
    const { host, second } = lane;
    const roomId = await aRoom(lane, [second]);
    const send = sendsOf(lane, roomId);
    const [muted, ...sent] = await Promise.all([
      host.call('POST', `/api/rooms/${roomId}/members/${second.id}/mute`, { seconds: 600, reason: 'race' }),
      ...four.map(send),
    ]);
    const after = await send('too late');
    return {
      roomId,
      answers: [muted, ...sent],
      expected: [
        { person: host, isIn: true, isHost: true, acts: {} },
        { person: second, isIn: true, acts: once('member.muted', muted) },
      ],
      unexpected: [
        ...refusedOtherwise({ muted }, []),
        ...refusedOtherwise(numbered('send', sent), ['muted']),
        ...(ok(after) ? ['whoever was muted wrote afterwards'] : []),
      ],
      look: (facts) => saidAfterwards(facts, second.id, 'member.muted', sent.filter(ok).length),
    };
  },
};

const banning: Race = {
  key: 'ban',
  name: 'a ban against a join by invite',
  async run(lane, round) {
    const { host, second } = lane;
    const roomId = await aRoom(lane, [], { visibility: round % 2 === 0 ? 'private' : 'public' });
    const { code } = (await host.must('POST', `/api/rooms/${roomId}/invites`, {})) as { code: string };
    const join = () => second.call('POST', `/api/rooms/${roomId}/join`, { inviteCode: code });
    const [banned, joined] = await Promise.all([
      host.call('POST', `/api/rooms/${roomId}/members/${second.id}/ban`, { reason: 'race' }),
      join(),
    ]);
    const after = await join();
    // Or came in and was out again before the answer was written.
    const came = ok(joined) || joined.code === 'not_a_member';
    return {
      roomId,
      answers: [banned, joined],
      expected: [
        { person: host, isIn: true, isHost: true, acts: {} },
        { person: second, isIn: came && !ok(banned), acts: { ...once('member.banned', banned), 'member.joined': came ? 1 : 0 } },
      ],
      unexpected: [
        ...refusedOtherwise({ banned }, []),
        ...refusedOtherwise({ joined }, ['banned', 'room_not_found', 'not_a_member']),
        ...(ok(banned) && ok(after) ? ['whoever was banned came in by the invite afterwards'] : []),
      ],
    };
  },
};

export const MODERATION_RACES: readonly Race[] = [kicking, kickingTwice, muting, banning];
