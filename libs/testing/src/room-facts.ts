import { roomEvents, rooms, type NumberedFact, type PayloadOf, type RoomFactName } from '@atrium/contracts';
import { v7 as uuidv7 } from 'uuid';
import type { TestBus } from './service.ts';

type FactOf<N extends RoomFactName> = PayloadOf<(typeof roomEvents)[N]>;

/** Plays the rooms service where it tells facts: each as an event, and again to whoever asks what they missed. */
export class RoomFactsDouble {
  private readonly facts = new Map<string, NumberedFact[]>();

  constructor(private readonly bus: TestBus) {
    bus.answer(rooms.facts, ({ key, after }) => ({ items: this.of(key).filter(({ version }) => version > after), hasAfter: false }));
    bus.answer(rooms.factHeads, () => ({
      items: [...this.facts].map(([key, told]) => ({ key, version: Math.max(...told.map(({ version }) => version)) })),
      hasAfter: false,
    }));
  }

  /** A fact that rooms stored and whose event never arrives. @returns the event's id */
  keep<N extends RoomFactName>(name: N, fact: FactOf<N>, id: string = uuidv7()): string {
    const told = [...this.of(fact.roomId), { id, name, version: fact.version, payload: fact }];
    this.facts.set(
      fact.roomId,
      told.sort((a, b) => a.version - b.version),
    );
    return id;
  }

  /** @returns the event's id */
  async tell<N extends RoomFactName>(name: N, fact: FactOf<N>): Promise<string> {
    return this.bus.tell(roomEvents[name], fact as never, this.keep(name, fact));
  }

  private of(roomId: string): NumberedFact[] {
    return this.facts.get(roomId) ?? [];
  }
}
