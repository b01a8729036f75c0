import { readGauge } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { DeadLettersRepository } from './dead-letters.repository.ts';

/** How many events wait for an admin, by the consumer that gave them up. */
@Injectable()
export class DeadLetterGauge {
  constructor(em: EntityManager, letters: DeadLettersRepository) {
    const help = 'Events that a consumer gave up and nobody has sent again or discarded';
    readGauge({ name: 'atrium_dead_letters', help, label: 'consumer' }, async () => {
      const counts = await letters.counts(em.fork());
      return new Map(counts.map(({ consumer, count }) => [consumer, count]));
    });
  }
}
