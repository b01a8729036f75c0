import { AdminReason, validationError } from '@atrium/contracts';
import { z } from 'zod';

/** A reason where one may stand: not every client sends a body with DELETE. */
export const ReasonAnywhere = z.object({ reason: AdminReason.optional() });

/** @throws AppError `validation_failed` when none of them gives one */
export function requireReason(...places: z.output<typeof ReasonAnywhere>[]): string {
  const reason = places.map((place) => place.reason).find((given) => given !== undefined);
  if (reason === undefined) throw validationError([{ path: ['reason'], message: 'is needed: it is kept in the audit log' }]);
  return reason;
}
