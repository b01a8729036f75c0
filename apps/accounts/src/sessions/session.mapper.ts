import type { Session } from '@atrium/contracts';
import type { SessionEntity } from './session.entity.ts';

export const toSession = (row: SessionEntity, currentSessionId?: string): Session => ({
  id: row.id,
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt.toISOString(),
  address: row.address || null,
  userAgent: row.userAgent || null,
  current: row.id === currentSessionId,
});
