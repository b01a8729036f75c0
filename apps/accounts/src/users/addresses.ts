import type { UserEntity } from './user.entity.ts';

export type Addresses = Pick<UserEntity, 'email' | 'emailRecovers' | 'recoveryEmail'>;

/** Where a link for a new password goes. */
export const recoveryAddressOf = ({ email, emailRecovers, recoveryEmail }: Addresses): string | null =>
  (emailRecovers ? email : recoveryEmail) ?? null;

/**
 * What becomes of somebody's addresses when another is to be shown. An access token alone must not let its bearer move
 * the links that end every session: without the password they go where they went.
 */
export function showing(email: string | null, before: Addresses, confirmed: boolean): Addresses {
  const recovery = recoveryAddressOf(before);
  if (confirmed || email === recovery) return { email, emailRecovers: true, recoveryEmail: null };
  return { email, emailRecovers: false, recoveryEmail: recovery };
}
