import { Signals } from '@atrium/bus';
import {
  AppError,
  Preferences,
  messageSignals,
  type OutputOf,
  type ParsedInputOf,
  type PreferencesInput,
  type RoomNotify,
  type messages,
} from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.ts';
import { PreferencesRepository } from './preferences.repository.ts';

/** How people want to be told: everywhere, and in single rooms. */
@Injectable()
export class PreferencesService {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccessService,
    private readonly repository: PreferencesRepository,
    private readonly signals: Signals,
  ) {}

  get(actorId: string): Promise<Preferences> {
    return this.repository.find(this.em, actorId);
  }

  async set(actorId: string, { ifVersion, ...wish }: PreferencesInput): Promise<Preferences> {
    const preferences = await transact(this.em, async (tx) => {
      const now = await this.repository.lock(tx, actorId);
      if (ifVersion !== undefined && ifVersion !== now.version) throw new AppError('stale_version');
      const next = { ...changed(now, wish), version: now.version! + 1 };
      await this.repository.save(tx, actorId, next);
      return next;
    });
    this.signals.send(messageSignals.preferencesChanged, { userId: actorId, preferences });
    return preferences;
  }

  /** A time that has passed ends the level at once. */
  async setNotify(actorId: string, input: ParsedInputOf<typeof messages.setNotify>): Promise<OutputOf<typeof messages.setNotify>> {
    const { roomId, level, until } = input;
    await this.access.requireMember(roomId, actorId);
    const over = until !== undefined && new Date(until) <= new Date();
    const wish: RoomNotify = over ? { level: 'default' } : { level, ...(until !== undefined && { until }) };
    const stands = await transact(this.em, async (tx) => {
      const version = await this.repository.lockLevel(tx, actorId, roomId);
      await this.repository.saveLevel(tx, actorId, roomId, wish);
      return { ...(await this.repository.findLevels(tx, actorId, [roomId])).get(roomId)!, version };
    });
    this.signals.send(messageSignals.notifyChanged, { userId: actorId, roomId, ...stands });
    return { roomId, ...stands };
  }
}

/** Without null, which ends what it is given for; in a body that is the whole, so does leaving it out. */
function changed(now: Preferences, wish: Omit<PreferencesInput, 'ifVersion'>): Preferences {
  const isWhole = wish.notify !== undefined && wish.sound !== undefined && wish.push !== undefined;
  const base = isWhole ? { ...now, dndUntil: null, quietHours: null, language: null } : now;
  const named = Object.entries(wish).filter(([, value]) => value !== undefined);
  const next = Object.entries({ ...base, ...Object.fromEntries(named) }).filter(([, value]) => value !== null);
  return Preferences.parse(Object.fromEntries(next));
}
