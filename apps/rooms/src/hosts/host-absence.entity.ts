import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** A host whose every socket is gone: first within the grace, then with someone acting in the host's place. */
export const HostAbsenceEntity = defineEntity({
  name: 'HostAbsenceEntity',
  tableName: 'host_absences',
  properties: {
    roomId: p.uuid().primary(),
    hostId: p.uuid(),
    goneAt: p.datetime(3),
    /** Null until the grace is over. */
    actingHostId: p.uuid().strictNullable(),
    /** What the acting host was before, and will be again. */
    actingWas: p.text().$type<'moderator' | 'member'>().strictNullable(),
    /** When the sweeper looks next. */
    dueAt: p.datetime(3),
  },
});
export type HostAbsenceEntity = InferEntity<typeof HostAbsenceEntity>;
