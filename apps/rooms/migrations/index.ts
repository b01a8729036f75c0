import { PurgeRooms20261128 } from './migration-20261128-purge-rooms.ts';
import { KeepAudit20261128 } from './migration-20261128-keep-audit.ts';
import { Migration20260101000000Rooms } from './migration-20260101000000-rooms.ts';
import { RememberConnected20261125 } from './migration-20261125-remember-connected.ts';
import { Migration20261125000000Facts } from './migration-20261125000000-facts.ts';
import { FollowProfiles20261126 } from './migration-20261126-follow-profiles.ts';
import { DirectRooms20261126 } from './migration-20261126-direct-rooms.ts';
import { OwnPictures20261126 } from './migration-20261126-own-pictures.ts';
import { KeepOrder20261126 } from './migration-20261126-keep-order.ts';
import { Bots20261128 } from './migration-20261128-bots.ts';
import { AdminActs20261127 } from './migration-20261127-admin-acts.ts';
import { NumberActingHosts20261203 } from './migration-20261203-number-acting-hosts.ts';
import { KeepEventHeaders20261202 } from './migration-20261202-keep-event-headers.ts';

/** In the order in which they run; one is never edited once it has landed. */
export const migrations = [
  Migration20260101000000Rooms,
  RememberConnected20261125,
  Migration20261125000000Facts,
  FollowProfiles20261126,
  OwnPictures20261126,
  DirectRooms20261126,
  KeepOrder20261126,
  AdminActs20261127,
  KeepAudit20261128,
  Bots20261128,
  PurgeRooms20261128,
  KeepEventHeaders20261202,
  NumberActingHosts20261203,
];
