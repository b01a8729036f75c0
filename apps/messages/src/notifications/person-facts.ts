import type { profileFacts } from '@atrium/contracts';
import type { FactAppliers } from '@atrium/database';
import { Injectable } from '@nestjs/common';
import { QuietPeople } from './quiet-people.ts';

/** Takes in what accounts tells of a person: whether they have set themselves to do not disturb. */
@Injectable()
export class PersonFacts {
  readonly appliers: FactAppliers<typeof profileFacts> = { userUpdated: (tx, person) => this.people.save(tx, person) };

  constructor(private readonly people: QuietPeople) {}
}
