import { roomFacts } from '@atrium/contracts';
import type { Type } from '@nestjs/common';
import { followFacts, type Following } from '../facts/follow-facts.ts';
import { Membership, MembershipHooks } from './membership.ts';
import { MembershipRepository } from './membership.repository.ts';

/**
 * Keeps a copy of memberships in this service's tables `rooms` and `access`.
 * @param options.consumer the durable consumer's name: `<service>-<purpose>`
 * @param options.hooks what the service adds to each change of the copy
 */
export function followMembership(options: { consumer: string; hooks?: Type<MembershipHooks> }): Following {
  const following = followFacts(roomFacts, { consumer: options.consumer, applier: Membership });
  const hooks = { provide: MembershipHooks, useClass: options.hooks ?? MembershipHooks };
  return { ...following, providers: [...following.providers, Membership, MembershipRepository, hooks] };
}
