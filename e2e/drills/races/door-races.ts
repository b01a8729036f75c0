import type { Answer, RacePerson } from './race-person.ts';
import { aRoom, moderator, numbered, ok, once, refusedOtherwise, type Race } from './race.ts';
import type { Expected } from './room-facts.ts';

const admitting: Race = {
  key: 'admit',
  name: 'admit against deny',
  async run(lane) {
    const { host, second, third } = lane;
    const roomId = await aRoom(lane, [second]);
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
        { person: host, isIn: true, acts: {} },
        { person: second, isIn: true, acts: {} },
        { person: third, isIn: ok(admitted), acts: { ...once('member.admitted', admitted), ...once('member.denied', denied) } },
      ],
      unexpected: [
        ...refusedOtherwise({ admitted }, ['not_waiting']),
        ...refusedOtherwise({ denied }, ['already_a_member']),
        ...(ok(admitted) === ok(denied) ? [`admit was answered ${admitted.status} and deny ${denied.status}`] : []),
      ],
    };
  },
};

const seated = (people: readonly RacePerson[], answers: readonly Answer[]): Expected[] =>
  people.map((person, index) => ({ person, isIn: ok(answers[index]!), acts: once('member.joined', answers[index]!) }));

const lastSeat: Race = {
  key: 'last-seat',
  name: 'several for the last seat',
  async run(lane, round) {
    const { host, second, third, fourth } = lane;
    const roomId = await aRoom(lane, [], { maxMembers: 2 });
    const { code } = (await host.must('POST', `/api/rooms/${roomId}/invites`, {})) as { code: string };
    const people = [second, third, fourth];
    const wish = round % 2 === 0 ? {} : { inviteCode: code };
    const joined = await Promise.all(people.map((person) => person.call('POST', `/api/rooms/${roomId}/join`, wish)));
    const came = joined.filter(ok).length;
    return {
      roomId,
      answers: joined,
      expected: [{ person: host, isIn: true, isHost: true, acts: {} }, ...seated(people, joined)],
      unexpected: [
        ...refusedOtherwise(numbered('join', joined), ['room_full']),
        ...(came === 1 ? [] : [`${came} were given the last seat`]),
      ],
    };
  },
};

/** An invite for two, used by three while it is revoked. */
const usingUp: Race = {
  key: 'invite',
  name: 'three with an invite for two, against its end and a lock',
  async run(lane, round) {
    const { host, second, third, fourth } = lane;
    const roomId = await aRoom(lane, [], { visibility: 'private' });
    const { code } = (await host.must('POST', `/api/rooms/${roomId}/invites`, { maxUses: 2 })) as { code: string };
    const people = [second, third, fourth];
    const [ended, ...joined] = await Promise.all([
      round % 2 === 0
        ? host.call('DELETE', `/api/rooms/${roomId}/invites/${code}`)
        : host.call('PATCH', `/api/rooms/${roomId}`, { locked: true }),
      ...people.map((person) => person.call('POST', `/api/rooms/${roomId}/join`, { inviteCode: code })),
    ]);
    const after = await lane.admin.call('POST', `/api/rooms/${roomId}/join`, { inviteCode: code });
    const came = joined.filter(ok).length;
    return {
      roomId,
      answers: [ended, ...joined],
      expected: [{ person: host, isIn: true, isHost: true, acts: {} }, ...seated(people, joined)],
      unexpected: [
        ...refusedOtherwise({ ended }, []),
        ...refusedOtherwise(numbered('join', joined), ['invite_used_up', 'invite_revoked', 'room_locked']),
        ...(came > 2 ? [`${came} came by an invite for two`] : []),
        ...(ok(ended) && ok(after) ? ['somebody came in by the invite afterwards'] : []),
      ],
    };
  },
};

export const DOOR_RACES: readonly Race[] = [admitting, lastSeat, usingUp];
