import { HandleRpc } from '@atrium/bus';
import { rooms, type OutputOf, type ParsedInputOf } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Controller } from '@nestjs/common';
import { FactsRepository } from './facts.repository.ts';

/** What services that keep a copy of memberships ask for when they missed something. */
@Controller()
export class FactsRpc {
  constructor(
    private readonly em: EntityManager,
    private readonly repository: FactsRepository,
  ) {}

  @HandleRpc(rooms.facts)
  facts({ key, after }: ParsedInputOf<typeof rooms.facts>): Promise<OutputOf<typeof rooms.facts>> {
    return this.repository.findAfter(this.em, key, after);
  }

  @HandleRpc(rooms.factHeads)
  factHeads({ since, afterKey }: ParsedInputOf<typeof rooms.factHeads>): Promise<OutputOf<typeof rooms.factHeads>> {
    return this.repository.findHeads(this.em, new Date(since), afterKey);
  }
}
