import type { Answer, RacePerson } from './race-person.ts';
import type { Expected, RoomFacts } from './room-facts.ts';

/** One lane has its own people, so that several races run side by side. */
export type Lane = { host: RacePerson; second: RacePerson; third: RacePerson; fourth: RacePerson; admin: RacePerson };

/** What a race came to: the room that it was about, and what follows from how each act was answered. */
export type Finish = {
  roomId: string;
  answers: Answer[];
  expected: Expected[];
  unexpected?: string[];
  look?: ((facts: RoomFacts) => string[]) | undefined;
};
export type Race = { name: string; run: (lane: Lane, round: number) => Promise<Finish> };

const ok = ({ status }: Answer): boolean => status < 300;
/** Whoever lost a race is told so: no refusal but these. */
function refusedOtherwise(answers: Record<string, Answer>, allowed: readonly string[]): string[] {
  return Object.entries(answers).flatMap(([act, answer]) =>
    ok(answer) || allowed.includes(answer.code ?? '') ? [] : [`${act} was answered ${answer.status} ${answer.code}`],
  );
}

const numbered = (act: string, answers: readonly Answer[]): Record<string, Answer> =>
  Object.fromEntries(answers.map((answer, index) => [`${act} ${index + 1}`, answer]));

async function aRoom({ host }: Lane, members: readonly RacePerson[], settings: object = {}): Promise<string> {
  const { id } = (await host.must('POST', '/api/rooms', { name: 'Race', ...settings })) as { id: string };
  for (const member of members) await member.must('POST', `/api/rooms/${id}/join`, {});
  return id;
}
const moderator = ({ host }: Lane, roomId: string, person: RacePerson) =>
  host.must('PATCH', `/api/rooms/${roomId}/members/${person.id}`, { role: 'moderator' });

/** The successor leaves in the moment in which the room would come to them. */
const leaving: Race = {
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
        { person: host, isIn: !ok(hostLeft), audit: ok(hostLeft) ? ['member.left'] : [] },
        { person: second, isIn: !ok(secondLeft), audit: ok(secondLeft) ? ['member.left'] : [] },
        { person: third, isIn: ok(joined), audit: ok(joined) ? ['member.joined'] : [] },
        ...stays.map((person) => ({ person, isIn: true, audit: [] })),
      ],
      unexpected: refusedOtherwise({ hostLeft, secondLeft, joined }, ['room_archived', 'room_not_found']),
    };
  },
};

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

const handingOver: Race = {
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
        { person: host, isIn: true, audit: [] },
        ...[second, third].map((person) => ({ person, isIn: true, isHost: winners.includes(person), audit: [] })),
      ],
      unexpected: [
        ...refusedOtherwise(numbered('hand-over', answers), ['forbidden']),
        ...(winners.length === 1 ? [] : [`${winners.length} hand-overs were answered with success`]),
      ],
      look: ({ audit }) => countOf(audit, 'host.handed_over', winners.length),
    };
  },
};

const countOf = (audit: RoomFacts['audit'], action: string, expected: number): string[] => {
  const found = audit.filter((row) => row.action === action).length;
  return found === expected ? [] : [`the log of acts has ${found} × ${action} and not ${expected}`];
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

export const RACES: readonly Race[] = [leaving, kicking, banning, handingOver, admitting, disabling];
