import type { Answer, RacePerson } from './race-person.ts';
import type { Acts, Expected, RoomFacts } from './room-facts.ts';

/** One lane has its own people, so that several races run side by side. */
export type Lane = { host: RacePerson; second: RacePerson; third: RacePerson; fourth: RacePerson; admin: RacePerson };
/** All but the admin, who is in no room. */
export const racersOf = ({ host, second, third, fourth }: Lane): RacePerson[] => [host, second, third, fourth];

/** What a race came to: the room that it was about, and what follows from how each act was answered. */
export type Finish = {
  roomId: string;
  answers: Answer[];
  expected: Expected[];
  unexpected?: string[];
  look?: ((facts: RoomFacts) => string[]) | undefined;
};
/** `key` is what it is asked for by: `races:kick`. */
export type Race = { key: string; name: string; run: (lane: Lane, round: number) => Promise<Finish> };

export const ok = ({ status }: Answer): boolean => status < 300;
/** An act that took effect is written down once, one that was refused never. */
export const once = (action: string, answer: Answer): Acts => ({ [action]: ok(answer) ? 1 : 0 });
/** Whoever lost a race is told so: no refusal but these. */
export function refusedOtherwise(answers: Record<string, Answer>, allowed: readonly string[]): string[] {
  return Object.entries(answers).flatMap(([act, answer]) =>
    ok(answer) || allowed.includes(answer.code ?? '') ? [] : [`${act} was answered ${answer.status} ${answer.code}`],
  );
}

export const numbered = (act: string, answers: readonly Answer[]): Record<string, Answer> =>
  Object.fromEntries(answers.map((answer, index) => [`${act} ${index + 1}`, answer]));

export async function aRoom({ host }: Lane, members: readonly RacePerson[], settings: object = {}): Promise<string> {
  const { id } = (await host.must('POST', '/api/rooms', { name: 'Race', ...settings })) as { id: string };
  for (const member of members) await member.must('POST', `/api/rooms/${id}/join`, {});
  return id;
}
export const moderator = ({ host }: Lane, roomId: string, person: RacePerson) =>
  host.must('PATCH', `/api/rooms/${roomId}/members/${person.id}`, { role: 'moderator' });

export const countOf = (audit: RoomFacts['audit'], action: string, expected: number): string[] => {
  const found = audit.filter((row) => row.action === action).length;
  return found === expected ? [] : [`the log of acts has ${found} × ${action} and not ${expected}`];
};

/** Nothing is written after the entry that took the right to. */
export function saidAfterwards(facts: RoomFacts, userId: string, type: string, acknowledged: number): string[] {
  const gone = facts.log.find((entry) => entry.type === type && entry.userId === userId)?.seq;
  const said = facts.log.filter((entry) => entry.type === 'message.created' && entry.authorId === userId);
  const late = said.filter(({ seq }) => gone !== undefined && seq > gone);
  return [
    ...late.map(({ seq }) => `${userId} went at ${gone} and wrote ${seq}`),
    ...(said.length < acknowledged ? [`${acknowledged} messages were acknowledged and the log has ${said.length}`] : []),
  ];
}
