import { newId } from '@atrium/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { hostOf, isIn, roomOfGuest, type Plan, type Step } from './plan.ts';
import type { Participant } from './participant.ts';
import type { World } from './world.ts';

const QUESTION = 'Who installed the boiler?';

/** Carries out a plan at its pace, whatever becomes of the single steps; each writes down its own end. */
export class Traffic {
  readonly #world: World;
  readonly #running: Promise<unknown>[] = [];
  readonly #joining = new Map<number, Promise<unknown>>();
  #bodies = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Resolves when the last step was begun and everything that was begun has ended. */
  async run(plan: Plan, lastsMs: number): Promise<void> {
    const began = Date.now();
    for (const { at, step } of plan.steps) {
      const wait = began + at * lastsMs - Date.now();
      if (wait > 0) await sleep(wait);
      const running = this.#take(step);
      if (running) this.#running.push(running);
    }
    await Promise.all(this.#running);
  }

  #take(step: Step): Promise<unknown> | undefined {
    const { residents, guests, rooms } = this.#world;
    switch (step.kind) {
      case 'send':
        return void residents[step.resident]!.send(rooms[step.room]!, `message ${(this.#bodies += 1)}`);
      case 'send-as-guest':
        return this.#joining
          .get(step.guest)
          ?.then(() => guests[step.guest]!.send(rooms[roomOfGuest(step.guest)]!, `message ${(this.#bodies += 1)}`));
      case 'join':
        return this.#join(step.guest);
      case 'leave':
      case 'kick':
        return this.#remove(step.guest, step.kind);
      case 'upload':
        return this.#upload(residents[step.resident]!, rooms[step.room]!);
      case 'ask':
        return this.#ask(residents[step.resident]!, step.resident);
    }
  }

  #join(guest: number): Promise<unknown> {
    const roomId = this.#world.rooms[roomOfGuest(guest)]!;
    const who = this.#world.guests[guest]!;
    const joined = who.persist('joining', () => who.client.rooms.join(roomId));
    const noted = joined.then(
      (reply) => reply && this.#world.history.changes.push({ kind: 'joined', roomId, userId: who.userId, at: Date.now() }),
    );
    this.#joining.set(guest, noted);
    return noted;
  }

  async #remove(guest: number, how: 'leave' | 'kick'): Promise<void> {
    await this.#joining.get(guest);
    const { rooms, guests, residents, history } = this.#world;
    const roomId = rooms[roomOfGuest(guest)]!;
    const who = guests[guest]!;
    const host = residents[hostOf(roomOfGuest(guest))]!;
    const attempt = how === 'leave' ? () => who.client.rooms.leave(roomId) : () => host.client.rooms.kick(roomId, who.userId);
    const done = await (how === 'leave' ? who : host).persist(how, () => attempt().then(() => true, forgiving));
    if (done) history.changes.push({ kind: how === 'leave' ? 'left' : 'kicked', roomId, userId: who.userId, at: Date.now() });
  }

  async #upload(who: Participant, roomId: string): Promise<void> {
    const parts = [{ name: 'notes.txt', content: new Blob([`Notes ${newId()}: the harbour opens at six.`]) }];
    // Without a key of its own a repeat would be another file; what is answered counts.
    const files = await who.persist('uploading', () => who.client.files.upload(roomId, parts));
    for (const { id } of files ?? []) this.#world.history.uploads.push({ fileId: id, roomId, at: Date.now() });
  }

  async #ask(who: Participant, resident: number): Promise<void> {
    const room = this.#world.rooms.findIndex((_, index) => isIn(resident, index));
    const key = newId();
    const answer = await who.persist('asking', () =>
      who.client.files.ask(this.#world.rooms[room]!, this.#world.fileOf.get(room)!, QUESTION, { idempotencyKey: key }),
    );
    if (answer) this.#world.history.asked.push({ userId: who.userId, answerId: answer.id, cost: answer.cost });
  }
}

/** A repeat of what was done, whose answer was lost, finds it done. */
function forgiving(error: unknown): boolean {
  const { code } = error as { code?: string };
  if (code === 'not_a_member' || code === 'member_not_found') return true;
  throw error;
}
