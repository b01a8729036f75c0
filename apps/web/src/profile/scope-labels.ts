import { t } from '@lingui/core/macro';
import type { Scope } from '@atrium/contracts';

/** What a token may be made for, in words. */
export const scopeLabels = (): Record<Scope, string> => ({
  'rooms:read': t`See rooms and members`,
  'rooms:write': t`Change rooms and members`,
  'messages:read': t`Read messages`,
  'messages:write': t`Write messages`,
  'files:read': t`Read files`,
  'files:write': t`Upload files and ask them`,
  admin: t`The admin interface`,
});
