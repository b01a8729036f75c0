import type pg from 'pg';
import { RacePerson } from './race-person.ts';
import { racersOf, type Lane } from './race.ts';

/** Rooms stay with those who were in them, and access tokens end: new people come after as many rounds. */
const ROUNDS_OF_ONE = 40;

/** The people of one lane after another. */
export class LaneSource {
  readonly #gateways: readonly string[];
  readonly #database: pg.Pool;
  readonly #seed: number;

  /** @param seed who asks which gateway first */
  constructor(gateways: readonly string[], database: pg.Pool, seed: number) {
    this.#gateways = gateways;
    this.#database = database;
    this.#seed = seed;
  }

  /** Calls back with the same people for a while, then with others, until it is told `false`. */
  async lead(round: (lane: Lane) => Promise<boolean>): Promise<void> {
    for (let goesOn = true; goesOn;) {
      const lane = await this.#make();
      for (let count = 0; goesOn && count < ROUNDS_OF_ONE; count++) goesOn = await round(lane);
      for (const person of racersOf(lane)) person.closePages();
    }
  }

  async #make(): Promise<Lane> {
    const arrive = (index: number) => new RacePerson(this.#gateways, index + this.#seed).arrive();
    // One after another: passwords are hashed slowly, on purpose.
    const [host, second, third, fourth, admin] = [await arrive(0), await arrive(1), await arrive(0), await arrive(1), await arrive(0)];
    await this.#database.query(`update accounts.users set role = 'admin' where id = $1`, [admin.id]);
    await admin.renew();
    const lane = { host, second, third, fourth, admin };
    await Promise.all(racersOf(lane).map((person) => person.openPages()));
    return lane;
  }
}

/** Whoever was disabled is let in again for the next round. */
export async function comeBack(lane: Lane): Promise<void> {
  for (const person of racersOf(lane)) {
    if ((await person.call('GET', '/api/me')).status < 300 && person.pages.every(({ isOpen }) => isOpen)) continue;
    await lane.admin.must('PATCH', `/api/admin/users/${person.id}`, { disabled: false, reason: 'the race is over' });
    await person.renew();
    await person.openPages();
  }
}
