import type { EntityManager } from '@mikro-orm/postgresql';
import { BanEntity } from './ban.entity.ts';

/** A ban that holds now; one whose time is over is as if it had never been. */
export function findBan(em: EntityManager, place: { roomId: string; userId: string }): Promise<BanEntity | null> {
  return em.findOne(BanEntity, { ...place, $or: [{ until: null }, { until: { $gt: new Date() } }] });
}
