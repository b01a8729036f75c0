import { AppError, type ErrorCode } from '@atrium/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { InviteEntity } from './invite.entity.ts';

export type Flaw = 'revoked' | 'expired' | 'used_up';

/** Why an invite lets nobody in any more. */
export function flawOf(invite: InviteEntity, now = new Date()): Flaw | null {
  if (invite.revokedAt) return 'revoked';
  if (invite.expiresAt && invite.expiresAt <= now) return 'expired';
  return invite.maxUses !== null && invite.uses >= invite.maxUses ? 'used_up' : null;
}

const CODES: Record<Flaw, ErrorCode> = { revoked: 'invite_revoked', expired: 'invite_expired', used_up: 'invite_used_up' };

/** The invite with this code into this room. A code for another room, or for one that does not exist, is no invite. */
export async function requireInvite(tx: EntityManager, roomId: string, code: string): Promise<InviteEntity> {
  const invite = await tx.findOne(InviteEntity, { code, roomId });
  if (!invite) throw new AppError('invite_not_found');
  const flaw = flawOf(invite);
  if (flaw) throw new AppError(CODES[flaw]);
  return invite;
}

/** @param invite one that `requireInvite` found, under the room's lock */
export function useInvite(invite: InviteEntity): void {
  invite.uses += 1;
}

/** Codes are secrets, so the audit log names an invite by its beginning. */
export const nameOf = ({ code }: InviteEntity): string => code.slice(0, 6);
