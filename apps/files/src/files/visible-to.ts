import type { FilterQuery } from '@mikro-orm/postgresql';
import type { Standing } from '../access/files.access.ts';
import type { FileEntity } from './file.entity.ts';

/** The condition under which a member sees a file of the room; part of every query. */
export function visibleTo(standing: Standing): FilterQuery<FileEntity> & object {
  const since = standing.seesSince ? { createdAt: { $gte: standing.seesSince } } : {};
  return { roomId: standing.roomId, deletedAt: null, $or: [{ draft: false }, { uploaderId: standing.userId }], ...since };
}
