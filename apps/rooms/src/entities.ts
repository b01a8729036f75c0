import { BanEntity } from './bans/ban.entity.ts';
import { AuditEntity } from './chronicle/audit.entity.ts';
import { HostAbsenceEntity } from './hosts/host-absence.entity.ts';
import { InviteEntity } from './invites/invite.entity.ts';
import { LobbyRequestEntity } from './lobby/lobby-request.entity.ts';
import { MemberEntity } from './members/member.entity.ts';
import { RemovalEntity } from './members/removal.entity.ts';
import { MuteEntity } from './mutes/mute.entity.ts';
import { PasswordAttemptEntity } from './passwords/password-attempt.entity.ts';
import { ProfileEntity } from './profiles/profile.entity.ts';
import { RoomCreationEntity } from './rooms/room-creation.entity.ts';
import { RoomEntity } from './rooms/room.entity.ts';

/** Every table this service owns. */
export const entities = [
  RoomEntity,
  RoomCreationEntity,
  MemberEntity,
  RemovalEntity,
  BanEntity,
  MuteEntity,
  InviteEntity,
  LobbyRequestEntity,
  ProfileEntity,
  PasswordAttemptEntity,
  HostAbsenceEntity,
  AuditEntity,
];
