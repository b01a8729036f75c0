import type { Command } from '@atrium/contracts';
import { uuidArray } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

export type Registration = { botId: string; commands: Command[]; url: string | null; signingSecret: string | null };

const COLUMNS = `bot_id "botId", commands, url, signing_secret "signingSecret"`;

/** What bots of people's own have registered. */
@Injectable()
export class RegistrationsRepository {
  async find(em: EntityManager, botId: string): Promise<Registration | null> {
    const [row] = await em.execute<Registration[]>(`select ${COLUMNS} from registrations where bot_id = ?`, [botId]);
    return row ?? null;
  }

  async ofMany(em: EntityManager, botIds: readonly string[]): Promise<Registration[]> {
    return em.execute<Registration[]>(`select ${COLUMNS} from registrations where bot_id = any(?::uuid[])`, [uuidArray(botIds)]);
  }

  /** Those that answer: neither they nor their owners are shut out. */
  async enabledOf(em: EntityManager, botIds: readonly string[]): Promise<Registration[]> {
    return em.execute<Registration[]>(`select ${COLUMNS} from registrations where bot_id = any(?::uuid[]) and not disabled`, [
      uuidArray(botIds),
    ]);
  }

  /** The bot's row, held until the transaction ends. */
  async lock(tx: EntityManager, botId: string): Promise<Registration> {
    await tx.execute('insert into registrations (bot_id) values (?) on conflict do nothing', [botId]);
    const [row] = await tx.execute<Registration[]>(`select ${COLUMNS} from registrations where bot_id = ? for update`, [botId]);
    return row!;
  }

  async save(tx: EntityManager, { botId, commands, url, signingSecret }: Registration): Promise<void> {
    await tx.execute('update registrations set commands = ?::jsonb, url = ?, signing_secret = ? where bot_id = ?', [
      JSON.stringify(commands),
      url,
      signingSecret,
      botId,
    ]);
  }

  async setDisabled(em: EntityManager, botId: string, disabled: boolean): Promise<void> {
    await em.execute('update registrations set disabled = ? where bot_id = ?', [disabled, botId]);
  }

  async remove(em: EntityManager, botId: string): Promise<void> {
    await em.execute('delete from registrations where bot_id = ?', [botId]);
  }
}
