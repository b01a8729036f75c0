import { hostOf, isIn, makePlan, ROOMS } from './plan.ts';
import { randomOf, seedFrom } from './random.ts';

const planOf = (seed: number, drill = 'kill:messages') => makePlan(randomOf(seedFrom(seed, drill)), 200);

describe('the plan of a drill', () => {
  it('is the same for the same seed and drill, and another for any other', () => {
    expect(planOf(7)).toEqual(planOf(7));
    expect(planOf(7)).not.toEqual(planOf(8));
    expect(planOf(7)).not.toEqual(planOf(7, 'kill:rooms'));
  });

  it('sends as often as it is told, each time as somebody who is in the room', () => {
    const sends = planOf(7).steps.flatMap(({ step }) => (step.kind === 'send' ? [step] : []));
    expect(sends).toHaveLength(200);
    expect(sends.filter(({ resident, room }) => !isIn(resident, room))).toEqual([]);
  });

  it('lets nobody go before they came', () => {
    const joinedAt = new Map<number, number>();
    for (const { at, step } of planOf(7).steps) {
      if (step.kind === 'join') joinedAt.set(step.guest, at);
      if (step.kind === 'kick' || step.kind === 'leave') expect(joinedAt.get(step.guest)).toBeLessThan(at);
    }
  });

  it('has a host in every room who is in it', () => {
    for (let room = 0; room < ROOMS; room += 1) expect(isIn(hostOf(room), room)).toBe(true);
  });
});
