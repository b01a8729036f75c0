import { aRoom, countOf, ok, once, refusedOtherwise, saidAfterwards, type Lane, type Race } from './race.ts';

const SHUT = ['unauthenticated', 'session_revoked', 'forbidden', 'not_a_member', 'account_disabled'];

/** How often it is written down that an account was disabled, since a moment. */
async function timesWritten({ admin }: Lane, userId: string, since: Date): Promise<number> {
  const query = new URLSearchParams({ actor: admin.id, action: 'user.disabled', from: since.toISOString() });
  const { items } = (await admin.must('GET', `/api/admin/audit?${query}`)) as { items: { targetId: string | null }[] };
  return items.filter(({ targetId }) => targetId === userId).length;
}

const disabling: Race = {
  key: 'disable',
  name: 'a disabled host against everything',
  async run(lane) {
    const { host, second, third, fourth, admin } = lane;
    const roomId = await aRoom(lane, [second, third]);
    const act = (method: string, path: string, body: object = {}) => host.call(method, `/api/rooms/${roomId}${path}`, body);
    const since = new Date();
    const [disabled, sent, kicked, named, joined, renamed, invited, opened] = await Promise.all([
      admin.call('PATCH', `/api/admin/users/${host.id}`, { disabled: true, reason: 'race' }),
      act('POST', '/messages', { body: 'still here' }),
      act('POST', `/members/${third.id}/kick`),
      act('PATCH', `/members/${second.id}`, { role: 'moderator' }),
      fourth.call('POST', `/api/rooms/${roomId}/join`, {}),
      act('PATCH', '', { topic: 'still mine' }),
      act('POST', '/invites'),
      host.call('POST', '/api/rooms', { name: 'Another' }),
    ]);
    const [after, written] = [await act('POST', '/messages', { body: 'too late' }), await timesWritten(lane, host.id, since)];
    return {
      roomId,
      answers: [disabled, sent, kicked, named, joined, renamed, invited, opened],
      expected: [
        {
          person: host,
          isIn: true,
          isHost: false,
          isCutOff: true,
          acts: { ...once('room.updated', renamed), ...once('invite.created', invited) },
        },
        { person: second, isIn: true, acts: once('member.role', named) },
        { person: third, isIn: !ok(kicked), acts: once('member.kicked', kicked) },
        { person: fourth, isIn: ok(joined), acts: once('member.joined', joined) },
      ],
      unexpected: [
        ...refusedOtherwise({ disabled, joined }, []),
        ...refusedOtherwise({ sent, kicked, named, renamed, invited, opened }, SHUT),
        ...(ok(after) ? ['whoever was disabled wrote afterwards'] : []),
        ...(written === 1 ? [] : [`it is written down ${written} times that an account was disabled`]),
      ],
      look: ({ audit }) => countOf(audit, 'host.disabled', 1),
    };
  },
};

/** Somebody comes in by every door in the moment their account is shut. */
const disablingAComer: Race = {
  key: 'disable-comer',
  name: 'a disabled account against its joining, being added and being admitted',
  async run(lane, round) {
    const { host, second, third, admin } = lane;
    const roomId = await aRoom(lane, [second]);
    const waits = round % 2 === 0;
    if (waits) {
      await host.must('PATCH', `/api/rooms/${roomId}`, { lobby: true });
      await third.must('POST', `/api/rooms/${roomId}/join`, {});
    }
    const [disabled, came, added] = await Promise.all([
      admin.call('PATCH', `/api/admin/users/${third.id}`, { disabled: true, reason: 'race' }),
      waits ? host.call('POST', `/api/rooms/${roomId}/lobby/${third.id}/admit`) : third.call('POST', `/api/rooms/${roomId}/join`, {}),
      host.call('POST', `/api/rooms/${roomId}/members`, { userIds: [third.id] }),
    ]);
    return {
      roomId,
      answers: [disabled, came, added],
      expected: [
        { person: host, isIn: true, isHost: true, acts: {} },
        { person: second, isIn: true, acts: {} },
        { person: third, isIn: ok(came) || ok(added), isHost: false, isCutOff: true, acts: {} },
      ],
      unexpected: [
        ...refusedOtherwise({ disabled }, []),
        ...refusedOtherwise({ came }, [...SHUT, 'not_waiting']),
        ...refusedOtherwise({ added }, ['user_not_found']),
      ],
      look: ({ audit }) => {
        const comings = audit.filter(({ action, targetId, actorId }) => COMINGS.has(action) && (targetId ?? actorId) === third.id).length;
        return comings === (ok(came) || ok(added) ? 1 : 0) ? [] : [`it is written down ${comings} times that ${third.id} came`];
      },
    };
  },
};
const COMINGS = new Set(['member.joined', 'member.admitted', 'member.added']);

const archiving: Race = {
  key: 'archive',
  name: 'a room that is archived against who speaks, comes and goes',
  async run(lane) {
    const { host, second, third, fourth } = lane;
    const roomId = await aRoom(lane, [second, third]);
    const send = (body: string) => second.call('POST', `/api/rooms/${roomId}/messages`, { body });
    const [archived, sent, joined, left] = await Promise.all([
      host.call('DELETE', `/api/rooms/${roomId}`),
      send('still open'),
      fourth.call('POST', `/api/rooms/${roomId}/join`, {}),
      third.call('POST', `/api/rooms/${roomId}/leave`, {}),
    ]);
    const after = await send('too late');
    return {
      roomId,
      answers: [archived, sent, joined, left],
      expected: [
        { person: host, isIn: true, isHost: true, acts: once('room.archived', archived) },
        { person: second, isIn: true, acts: {} },
        { person: third, isIn: !ok(left), acts: once('member.left', left) },
        { person: fourth, isIn: ok(joined), acts: once('member.joined', joined) },
      ],
      unexpected: [
        ...refusedOtherwise({ archived, left }, []),
        ...refusedOtherwise({ sent, joined }, ['room_archived', 'room_not_found']),
        ...(ok(archived) && ok(after) ? ['somebody wrote into an archived room'] : []),
      ],
      look: (facts) => saidAfterwards(facts, second.id, 'room.archived', ok(sent) ? 1 : 0),
    };
  },
};

export const CLOSING_RACES: readonly Race[] = [disabling, disablingAComer, archiving];
