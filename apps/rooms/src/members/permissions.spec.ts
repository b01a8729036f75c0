import type { RoomRole } from '@atrium/contracts';
import { canArchive, canChangeSettings, canHandOver, canActOn, canSetRole, canToggleBot } from './permissions.ts';

const ROLES: RoomRole[] = ['host', 'moderator', 'member'];
const pairs = (can: (actor: RoomRole, target: RoomRole) => boolean) =>
  ROLES.flatMap((actor) => ROLES.filter((target) => can(actor, target)).map((target) => `${actor} → ${target}`));

describe('who may do what to whom', () => {
  it('lets the host remove everyone else and a moderator remove members', () => {
    expect(pairs(canActOn)).toEqual(['host → moderator', 'host → member', 'moderator → member']);
  });

  it('lets only the host give roles, and never to the host', () => {
    expect(pairs(canSetRole)).toEqual(['host → moderator', 'host → member']);
  });

  it('keeps settings and handing over for the host', () => {
    expect(ROLES.filter(canChangeSettings)).toEqual(['host']);
    expect(ROLES.filter(canHandOver)).toEqual(['host']);
  });

  it('lets moderators switch the bot', () => {
    expect(ROLES.filter(canToggleBot)).toEqual(['host', 'moderator']);
  });

  it('lets the host and an administrator archive, one who is not in the room included', () => {
    expect([...ROLES, null].filter((role) => canArchive(role, false))).toEqual(['host']);
    expect([...ROLES, null].filter((role) => canArchive(role, true))).toEqual([...ROLES, null]);
  });
});
