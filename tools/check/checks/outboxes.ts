import { databaseServices } from '../../local/provision.ts';
import type { Check } from '../check.ts';

/** Longer than the sweep of an outbox leaves a row that can be sent. */
const WAITING = `interval '15 seconds'`;

export const outboxChecks: readonly Check[] = databaseServices.map((service) => ({
  name: `outbox-${service}`,
  settles: 'services',
  sql: `
    select id::text as key, format('an event of ${service} on %s has waited since %s', subject, created_at) as says
    from ${service}.outbox where created_at < now() - ${WAITING}`,
}));
