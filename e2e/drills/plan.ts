import { pick, type Random } from './random.ts';

export const ROOMS = 6;
export const RESIDENTS = 8;
export const GUESTS = 9;

/** What one of the people does, at its time. Residents and guests are known by their number. */
export type Step =
  | { kind: 'send'; room: number; resident: number }
  | { kind: 'send-as-guest'; guest: number }
  | { kind: 'join' | 'leave' | 'kick'; guest: number }
  | { kind: 'upload'; room: number; resident: number }
  | { kind: 'ask'; resident: number };

export interface Plan {
  /** In their order; `at` is the share of the time of the drill. */
  steps: { at: number; step: Step }[];
  /** When the fault begins, as a share of the time before it may. */
  jitter: number;
}

/** Everybody who is no guest is in these rooms. */
export const isIn = (resident: number, room: number): boolean => (resident + room) % 3 !== 0;
export const hostOf = (room: number): number =>
  Array.from({ length: RESIDENTS }, (_, index) => (room + index) % RESIDENTS).find((one) => isIn(one, room))!;
/** The only room that a guest enters. */
export const roomOfGuest = (guest: number): number => guest % ROOMS;

/** What happens in a drill, decided by chance alone and the same for the same chance. */
export function makePlan(random: Random, sends: number): Plan {
  const steps: Plan['steps'] = [];
  const add = (at: number, step: Step) => steps.push({ at, step });
  for (let index = 0; index < sends; index += 1) {
    const room = Math.floor(random() * ROOMS);
    const inside = Array.from({ length: RESIDENTS }, (_, resident) => resident).filter((resident) => isIn(resident, room));
    add(random(), { kind: 'send', room, resident: pick(random, inside) });
  }
  for (let guest = 0; guest < GUESTS; guest += 1) {
    const joinsAt = random() * 0.3;
    const goesAt = 0.4 + random() * 0.4;
    add(joinsAt, { kind: 'join', guest });
    for (let index = 0; index < 8; index += 1) add(joinsAt + random() * (1 - joinsAt), { kind: 'send-as-guest', guest });
    // A third stays.
    if (guest % 3 !== 2) add(goesAt, { kind: guest % 3 === 0 ? 'kick' : 'leave', guest });
  }
  for (let index = 0; index < 10; index += 1) {
    const room = Math.floor(random() * ROOMS);
    add(random(), { kind: 'upload', room, resident: hostOf(room) });
  }
  for (let index = 0; index < 8; index += 1) add(random(), { kind: 'ask', resident: index });
  return { steps: steps.sort((a, b) => a.at - b.at), jitter: random() };
}
