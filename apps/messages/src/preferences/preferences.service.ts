import { Signals } from '@atrium/bus';
import { messageSignals, type OutputOf, type ParsedInputOf, type Preferences, type messages } from '@atrium/contracts';
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

  async set(actorId: string, preferences: Preferences): Promise<Preferences> {
    await this.repository.save(this.em, actorId, preferences);
    this.signals.send(messageSignals.preferencesChanged, { userId: actorId, preferences });
    return preferences;
  }

  /** A time that has passed ends the level at once. */
  async setNotify(actorId: string, input: ParsedInputOf<typeof messages.setNotify>): Promise<OutputOf<typeof messages.setNotify>> {
    const { roomId, level, until } = input;
    await this.access.requireMember(roomId, actorId);
    const over = until !== undefined && new Date(until) <= new Date();
    await this.repository.saveLevel(
      this.em,
      actorId,
      roomId,
      over ? { level: 'default' } : { level, ...(until !== undefined && { until }) },
    );
    const stands = (await this.repository.findLevels(this.em, actorId, [roomId])).get(roomId)!;
    this.signals.send(messageSignals.notifyChanged, { userId: actorId, roomId, ...stands });
    return { roomId, ...stands };
  }
}
