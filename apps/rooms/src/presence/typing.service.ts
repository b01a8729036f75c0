import { Signals } from '@atrium/bus';
import { AppError, roomSignals } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { Mutes } from '../mutes/mutes.repository.ts';
import { RoomsAccess } from '../rooms/rooms.access.ts';
import { orWithout } from './or-without.ts';
import { TypingRepository } from './typing.repository.ts';

/** Tells a room who types. Silent while Redis is away. */
@Injectable()
export class TypingService {
  constructor(
    private readonly access: RoomsAccess,
    private readonly mutes: Mutes,
    private readonly typing: TypingRepository,
    private readonly signals: Signals,
  ) {}

  async set(roomId: string, userId: string, typing: boolean): Promise<void> {
    await this.access.requireActiveMember(roomId, userId);
    if (typing && (await this.mutes.isMuted(roomId, userId))) throw new AppError('muted');
    const worthTelling = await orWithout(false, () => (typing ? this.typing.start(roomId, userId) : this.typing.stop(roomId, userId)));
    if (worthTelling) this.signals.send(roomSignals.typing, { roomId, userId, typing });
  }
}
