/** Who acts, and what they are to the room that is acted on: a private one with a lobby, unless told. */
export const ROLES = {
  anonymous: 'nobody has signed in',
  forged: 'with a host’s access token that another key signed',
  expired: 'with a token of the host (of the admin, where admins act) that has run out',
  scopeless: 'with a token of the host (of the admin) that has every scope but those the act asks for',
  outsider: 'signed in, and never was in the room',
  visitor: 'signed in, and never was in the room, which is public',
  invited: 'signed in, and holds an invite',
  waiting: 'in the lobby',
  banned: 'was in the room, and is banned from it',
  former: 'was in the room, and was removed',
  member: 'in the room',
  muted: 'in the room, and muted',
  moderator: 'moderator of the room',
  host: 'host of the room',
  admin: 'admin of the system, and not in the room',
} as const;
export type Role = keyof typeof ROLES;
export const ROLE_NAMES = Object.keys(ROLES) as Role[];
