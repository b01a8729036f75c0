import { aRoom, countOf, moderator, numbered, ok, once, refusedOtherwise, type Race } from './race.ts';

/** The successor leaves in the moment in which the room would come to them. */
const leaving: Race = {
  key: 'leave',
  name: 'the host leaves while the successor leaves while a third joins',
  async run(lane, round) {
    const { host, second, third, fourth } = lane;
    const stays = round % 2 === 0 ? [fourth] : [];
    const roomId = await aRoom(lane, [second, ...stays]);
    await moderator(lane, roomId, second);
    const [hostLeft, secondLeft, joined] = await Promise.all([
      host.call('POST', `/api/rooms/${roomId}/leave`, {}),
      second.call('POST', `/api/rooms/${roomId}/leave`, {}),
      third.call('POST', `/api/rooms/${roomId}/join`, {}),
    ]);
    return {
      roomId,
      answers: [hostLeft, secondLeft, joined],
      expected: [
        { person: host, isIn: !ok(hostLeft), acts: once('member.left', hostLeft) },
        { person: second, isIn: !ok(secondLeft), acts: once('member.left', secondLeft) },
        { person: third, isIn: ok(joined), acts: once('member.joined', joined) },
        ...stays.map((person) => ({ person, isIn: true, acts: {} })),
      ],
      unexpected: refusedOtherwise({ hostLeft, secondLeft, joined }, ['room_archived', 'room_not_found']),
    };
  },
};

const handingOver: Race = {
  key: 'hand-overs',
  name: 'two hand-overs',
  async run(lane) {
    const { host, second, third } = lane;
    const roomId = await aRoom(lane, [second, third]);
    const answers = await Promise.all([second, third].map(({ id }) => host.call('POST', `/api/rooms/${roomId}/host`, { userId: id })));
    const winners = [second, third].filter((_, index) => ok(answers[index]!));
    return {
      roomId,
      answers,
      expected: [
        { person: host, isIn: true, acts: {} },
        ...[second, third].map((person) => ({ person, isIn: true, isHost: winners.includes(person), acts: {} })),
      ],
      unexpected: [
        ...refusedOtherwise(numbered('hand-over', answers), ['forbidden']),
        ...(winners.length === 1 ? [] : [`${winners.length} hand-overs were answered with success`]),
      ],
      look: ({ audit }) => countOf(audit, 'host.handed_over', winners.length),
    };
  },
};

/** Who the role is to go to goes as well: it stays where it is, or comes back. */
const handingToALeaver: Race = {
  key: 'hand-over-to-leaver',
  name: 'a hand-over to somebody who leaves',
  async run(lane) {
    const { host, second, third } = lane;
    const roomId = await aRoom(lane, [second, third]);
    const [handed, left] = await Promise.all([
      host.call('POST', `/api/rooms/${roomId}/host`, { userId: third.id }),
      third.call('POST', `/api/rooms/${roomId}/leave`, {}),
    ]);
    return {
      roomId,
      answers: [handed, left],
      expected: [
        { person: host, isIn: true, isHost: ok(left) || !ok(handed), acts: {} },
        { person: second, isIn: true, isHost: false, acts: {} },
        { person: third, isIn: !ok(left), acts: once('member.left', left) },
      ],
      unexpected: refusedOtherwise({ handed, left }, ['member_not_found']),
      look: ({ audit }) => countOf(audit, 'host.handed_over', ok(handed) ? 1 : 0),
    };
  },
};

/** The host leaves from one device and hands the room over from another: whoever it went to has it. */
const leavingWhileHanding: Race = {
  key: 'leave-and-hand-over',
  name: 'a host who leaves against their own hand-over',
  async run(lane) {
    const { host, second, third } = lane;
    const roomId = await aRoom(lane, [second, third]);
    const [handed, left] = await Promise.all([
      host.call('POST', `/api/rooms/${roomId}/host`, { userId: third.id }),
      host.call('POST', `/api/rooms/${roomId}/leave`, {}),
    ]);
    return {
      roomId,
      answers: [handed, left],
      expected: [
        { person: host, isIn: !ok(left), acts: once('member.left', left) },
        { person: second, isIn: true, isHost: !ok(handed) && ok(left), acts: {} },
        { person: third, isIn: true, isHost: ok(handed), acts: {} },
      ],
      unexpected: refusedOtherwise({ handed, left }, ['forbidden']),
      look: ({ audit }) => countOf(audit, 'host.handed_over', ok(handed) ? 1 : 0),
    };
  },
};

/** Whoever the role goes to is disabled in the same moment: nobody leads whose account is shut. */
const handingToADisabled: Race = {
  key: 'hand-over-to-disabled',
  name: 'a hand-over to somebody who is disabled',
  async run(lane) {
    const { host, second, third, admin } = lane;
    const roomId = await aRoom(lane, [second, third]);
    const [handed, disabled] = await Promise.all([
      host.call('POST', `/api/rooms/${roomId}/host`, { userId: third.id }),
      admin.call('PATCH', `/api/admin/users/${third.id}`, { disabled: true, reason: 'race' }),
    ]);
    return {
      roomId,
      answers: [handed, disabled],
      expected: [
        { person: host, isIn: true, isHost: true, acts: {} },
        { person: second, isIn: true, isHost: false, acts: {} },
        { person: third, isHost: false, isCutOff: ok(disabled), acts: { ...once('host.handed_over', handed) } },
      ],
      unexpected: [...refusedOtherwise({ handed }, ['member_not_found']), ...refusedOtherwise({ disabled }, [])],
      look: ({ audit }) => countOf(audit, 'host.disabled', ok(handed) ? 1 : 0),
    };
  },
};

export const HOST_RACES: readonly Race[] = [leaving, handingOver, handingToALeaver, leavingWhileHanding, handingToADisabled];
