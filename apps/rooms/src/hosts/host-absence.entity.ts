import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** A host whose every socket is gone. Once the grace is over, `acting_host_id` of the room says who acts in their place. */
export const HostAbsenceEntity = defineEntity({
  name: 'HostAbsenceEntity',
  tableName: 'host_absences',
  properties: {
    roomId: p.uuid().primary(),
    hostId: p.uuid(),
    goneAt: p.datetime(3),
    /** When the sweeper looks next. */
    dueAt: p.datetime(3),
  },
});
export type HostAbsenceEntity = InferEntity<typeof HostAbsenceEntity>;
