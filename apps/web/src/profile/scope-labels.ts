import type { Scope } from '@atrium/contracts';

/** What a token may be made for, in words. */
export const SCOPE_LABELS: Record<Scope, string> = {
  'rooms:read': 'See rooms and members',
  'rooms:write': 'Change rooms and members',
  'messages:read': 'Read messages',
  'messages:write': 'Write messages',
  'files:read': 'Read files',
  'files:write': 'Upload files and ask them',
  admin: 'The admin interface',
};
