import { AppError, type User } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { UsersService } from '../users/users.service.ts';

/** Pictures of people, and of bots by who owns them. Each has a new address, so that what is shown can be kept for ever. */
@Injectable()
export class AvatarsService {
  constructor(
    private readonly em: EntityManager,
    private readonly users: UsersService,
  ) {}

  set(userId: string, webp: string | null): Promise<User> {
    return transact(this.em, (tx) => this.replace(tx, userId, webp));
  }

  /** @param webp null takes the picture away */
  async replace(tx: EntityManager, userId: string, webp: string | null): Promise<User> {
    const bytes = webp === null ? null : Buffer.from(webp, 'base64');
    if (bytes && !isWebp(bytes)) throw new AppError('unsupported_media_type');
    await tx.execute('delete from avatars where user_id = ?', [userId]);
    const avatarUrl = bytes ? await this.store(tx, userId, bytes) : null;
    return this.users.change(tx, userId, { avatarUrl });
  }

  async get(avatarId: string): Promise<string> {
    const [row] = await this.em.execute<{ webp: string }[]>(`select encode(webp, 'base64') "webp" from avatars where id = ?`, [avatarId]);
    if (!row) throw new AppError('not_found');
    // PostgreSQL breaks lines as mail once did.
    return row.webp.replaceAll('\n', '');
  }

  private async store(tx: EntityManager, userId: string, bytes: Buffer): Promise<string> {
    const [row] = await tx.execute<{ id: string }[]>(`insert into avatars (user_id, webp) values (?, decode(?, 'base64')) returning id`, [
      userId,
      bytes.toString('base64'),
    ]);
    return `/api/avatars/${row!.id}`;
  }
}

const isWebp = (bytes: Buffer) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
