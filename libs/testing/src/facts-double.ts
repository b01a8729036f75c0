import { AppError, type FactMark, type FactName, type FactPayload, type FactsContract, type NumberedFact } from '@atrium/contracts';
import { v7 as uuidv7 } from 'uuid';
import type { TestBus } from './service.ts';

/** Plays an owner of numbered facts: tells each as an event, and again to whoever asks what they missed. */
export class FactsDouble<C extends FactsContract> {
  /** Whether its owner refuses to say what was told. */
  isAway = false;
  /** How often somebody asked for what they missed. */
  asked = 0;
  private readonly told = new Map<string, NumberedFact[]>();

  constructor(
    private readonly bus: TestBus,
    private readonly contract: C,
  ) {
    bus.answer(contract.facts, ({ key, after }) => {
      this.asked += 1;
      if (this.isAway) throw new AppError('service_unavailable');
      return { items: this.of(key).filter(({ version }) => version > after), hasAfter: false };
    });
    bus.answer(contract.heads, () => ({
      items: [...this.told].map(([key, facts]) => ({ key, version: Math.max(...facts.map(({ version }) => version)) })),
      hasAfter: false,
    }));
  }

  /** Tells a fact. */
  async tell<N extends FactName<C>>(name: N, payload: FactPayload<C, N>): Promise<FactMark> {
    const mark = this.keep(name, payload);
    await this.deliver(mark);
    return mark;
  }

  /** A fact that its owner stored and whose event does not come by itself. */
  keep<N extends FactName<C>>(name: N, payload: FactPayload<C, N>): FactMark {
    const { [this.contract.key]: key, version } = payload as { [field: string]: string } & { version: number };
    const facts = [...this.of(key!), { id: uuidv7(), name, version, payload: payload as Record<string, unknown> }];
    this.told.set(
      key!,
      facts.sort((a, b) => a.version - b.version),
    );
    return { kind: this.contract.kind, key: key!, version };
  }

  /** The event of a fact comes, for the first time. */
  async deliver(mark: FactMark): Promise<void> {
    const { id, name, payload } = this.find(mark);
    await this.bus.tell(this.contract.events[name]!, payload, id);
  }

  /** It comes again, long after. */
  async deliverAgain(mark: FactMark): Promise<void> {
    const { id, name, payload } = this.find(mark);
    await this.bus.redeliver(this.contract.events[name]!, payload, id);
  }

  private find({ key, version }: FactMark): NumberedFact {
    return this.of(key).find((fact) => fact.version === version)!;
  }

  private of(key: string): NumberedFact[] {
    return this.told.get(key) ?? [];
  }
}
