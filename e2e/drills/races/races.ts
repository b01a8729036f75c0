import { HOST_RACES } from './host-races.ts';
import { aRoom, moderator, numbered, ok, refusedOtherwise, type Race } from './race.ts';
import type { RoomFacts } from './room-facts.ts';

const kicking: Race = {
  name: 'a kick against sends',
  async run(lane) {
    const { host, second } = lane;
    const roomId = await aRoom(lane, [second]);
    const send = (body: string) => second.call('POST', `/api/rooms/${roomId}/messages`, { body });
    const [kicked, ...sent] = await Promise.all([
      host.call('POST', `/api/rooms/${roomId}/members/${second.id}/kick`, { reason: 'race' }),
      ...['one', 'two', 'three', 'four'].map(send),
    ]);
    return {
      roomId,
      answers: [kicked, ...sent],
      expected: [
        { person: host, isIn: true, audit: [] },
        { person: second, isIn: !ok(kicked), audit: ok(kicked) ? ['member.kicked'] : [] },
      ],
      unexpected: refusedOtherwise({ kicked, ...numbered('send', sent) }, ['not_a_member', 'room_not_found']),
      look: (facts) => saidAfterwards(facts, second.id, 'member.kicked', sent.filter(ok).length),
    };
  },
};

const muting: Race = {
  name: 'a mute against sends',
  async run(lane) {
    const { host, second } = lane;
    const roomId = await aRoom(lane, [second]);
    const send = (body: string) => second.call('POST', `/api/rooms/${roomId}/messages`, { body });
    const [muted, ...sent] = await Promise.all([
      host.call('POST', `/api/rooms/${roomId}/members/${second.id}/mute`, { seconds: 600, reason: 'race' }),
      ...['one', 'two', 'three', 'four'].map(send),
    ]);
    const after = await send('too late');
    return {
      roomId,
      answers: [muted, ...sent],
      expected: [
        { person: host, isIn: true, isHost: true, audit: [] },
        { person: second, isIn: true, audit: ['member.muted'] },
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

function saidAfterwards(facts: RoomFacts, userId: string, type: string, acknowledged: number): string[] {
  const gone = facts.log.find((entry) => entry.type === type && entry.userId === userId)?.seq;
  const said = facts.log.filter((entry) => entry.type === 'message.created' && entry.authorId === userId);
  const late = said.filter(({ seq }) => gone !== undefined && seq > gone);
  return [
    ...late.map(({ seq }) => `${userId} went at ${gone} and wrote ${seq}`),
    ...(said.length < acknowledged ? [`${acknowledged} messages were acknowledged and the log has ${said.length}`] : []),
  ];
}

const banning: Race = {
  name: 'a ban against a join by invite',
  async run(lane, round) {
    const { host, second } = lane;
    const roomId = await aRoom(lane, [], { visibility: round % 2 === 0 ? 'private' : 'public' });
    const { code } = (await host.must('POST', `/api/rooms/${roomId}/invites`, {})) as { code: string };
    const [banned, joined] = await Promise.all([
      host.call('POST', `/api/rooms/${roomId}/members/${second.id}/ban`, { reason: 'race' }),
      second.call('POST', `/api/rooms/${roomId}/join`, { inviteCode: code }),
    ]);
    const { status } = await second.call('POST', `/api/rooms/${roomId}/join`, { inviteCode: code });
    return {
      roomId,
      answers: [banned, joined],
      expected: [
        { person: host, isIn: true, audit: [] },
        {
          person: second,
          isIn: ok(joined) && !ok(banned),
          audit: [...(ok(banned) ? ['member.banned'] : []), ...(ok(joined) ? ['member.joined'] : [])],
        },
      ],
      unexpected: [
        ...refusedOtherwise({ banned, joined }, ['banned', 'room_not_found']),
        ...(ok(banned) && status < 300 ? ['whoever was banned came in by the invite afterwards'] : []),
      ],
    };
  },
};

const admitting: Race = {
  name: 'admit against deny',
  async run(lane) {
    const { host, second, third } = lane;
    const roomId = await aRoom(lane, [second], {});
    await moderator(lane, roomId, second);
    await host.must('PATCH', `/api/rooms/${roomId}`, { lobby: true });
    await third.must('POST', `/api/rooms/${roomId}/join`, {});
    const [admitted, denied] = await Promise.all([
      host.call('POST', `/api/rooms/${roomId}/lobby/${third.id}/admit`),
      second.call('POST', `/api/rooms/${roomId}/lobby/${third.id}/deny`),
    ]);
    return {
      roomId,
      answers: [admitted, denied],
      expected: [
        { person: host, isIn: true, audit: [] },
        { person: second, isIn: true, audit: [] },
        { person: third, isIn: ok(admitted), audit: [ok(admitted) ? 'member.admitted' : 'member.denied'] },
      ],
      unexpected: [
        ...refusedOtherwise({ admitted, denied }, ['not_waiting', 'already_a_member']),
        ...(ok(admitted) === ok(denied) ? [`admit was answered ${admitted.status} and deny ${denied.status}`] : []),
      ],
    };
  },
};

const lastSeat: Race = {
  name: 'several for the last seat',
  async run(lane, round) {
    const { host, second, third, fourth } = lane;
    const roomId = await aRoom(lane, [], { maxMembers: 2 });
    const { code } = (await host.must('POST', `/api/rooms/${roomId}/invites`, {})) as { code: string };
    const people = [second, third, fourth];
    const wish = round % 2 === 0 ? {} : { inviteCode: code };
    const joined = await Promise.all(people.map((person) => person.call('POST', `/api/rooms/${roomId}/join`, wish)));
    const seated = joined.filter(ok).length;
    return {
      roomId,
      answers: joined,
      expected: [
        { person: host, isIn: true, isHost: true, audit: [] },
        ...people.map((person, index) => {
          const isIn = ok(joined[index]!);
          return { person, isIn, audit: isIn ? ['member.joined'] : [] };
        }),
      ],
      unexpected: [
        ...refusedOtherwise(numbered('join', joined), ['room_full']),
        ...(seated === 1 ? [] : [`${seated} were given the last seat`]),
      ],
    };
  },
};

const disabling: Race = {
  name: 'a disabled account against everything',
  async run(lane) {
    const { host, second, third, fourth, admin } = lane;
    const roomId = await aRoom(lane, [second, third]);
    const act = (method: string, path: string, body: object = {}) => host.call(method, `/api/rooms/${roomId}${path}`, body);
    const [disabled, sent, kicked, named, joined] = await Promise.all([
      admin.call('PATCH', `/api/admin/users/${host.id}`, { disabled: true, reason: 'race' }),
      act('POST', '/messages', { body: 'still here' }),
      act('POST', `/members/${third.id}/kick`),
      act('PATCH', `/members/${second.id}`, { role: 'moderator' }),
      fourth.call('POST', `/api/rooms/${roomId}/join`, {}),
    ]);
    const after = await act('POST', '/messages', { body: 'too late' });
    return {
      roomId,
      answers: [disabled, sent, kicked, named, joined],
      expected: [
        { person: host, isHost: false, audit: [] },
        { person: second, isIn: true, audit: [] },
        { person: third, isIn: !ok(kicked), audit: ok(kicked) ? ['member.kicked'] : [] },
        { person: fourth, isIn: ok(joined), audit: ok(joined) ? ['member.joined'] : [] },
      ],
      unexpected: [
        ...refusedOtherwise({ disabled, joined }, []),
        ...refusedOtherwise({ sent, kicked, named }, [
          'unauthenticated',
          'forbidden',
          'not_a_member',
          'member_not_found',
          'account_disabled',
        ]),
        ...(ok(after) ? ['whoever was disabled wrote afterwards'] : []),
      ],
    };
  },
};

export const RACES: readonly Race[] = [...HOST_RACES, kicking, muting, banning, admitting, lastSeat, disabling];
