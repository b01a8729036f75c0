import { metrics } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { DeadLettersRepository } from './dead-letters.repository.ts';

const NAME = 'atrium_dead_letters';

const logger = new Logger('dead letters');

/** How many events wait for an admin, by the consumer that gave them up; asked for when somebody looks. */
@Injectable()
export class DeadLetterGauge {
  constructor(em: EntityManager, letters: DeadLettersRepository) {
    // One process has one registry, however many instances a test starts in it.
    metrics.removeSingleMetric(NAME);
    new Gauge({
      name: NAME,
      help: 'Events that a consumer gave up and nobody has sent again or discarded',
      labelNames: ['consumer'],
      registers: [metrics],
      async collect() {
        try {
          const counts = await letters.counts(em.fork());
          this.reset();
          for (const { consumer, count } of counts) this.set({ consumer }, count);
        } catch (error) {
          // The other figures are told all the same; that the database is away they say as well.
          logger.warn({ err: error }, 'the number of dead letters is as it was read last');
        }
      },
    });
  }
}
