import { Injectable, Logger } from '@nestjs/common';
import { RedisLink } from './redis-link.ts';

/** Small notes in Redis that help and that nothing depends on: when Redis is away, there are none. */
@Injectable()
export class Notes {
  private readonly logger = new Logger('notes');

  constructor(private readonly link: RedisLink) {}

  async read(key: string): Promise<string | undefined> {
    return (await this.attempt(() => this.link.redis.get(key))) ?? undefined;
  }

  async write(key: string, value: string, seconds: number): Promise<void> {
    await this.attempt(() => this.link.redis.set(key, value, 'EX', seconds));
  }

  /** Writes unless there is a note already. @returns whether this call wrote it (true when Redis is away) */
  async claim(key: string, value: string, seconds: number): Promise<boolean> {
    const written = await this.attempt(async () => ((await this.link.redis.set(key, value, 'EX', seconds, 'NX')) ? 'yes' : 'no'));
    return written !== 'no';
  }

  async erase(key: string): Promise<void> {
    await this.attempt(() => this.link.redis.del(key));
  }

  private async attempt<T>(command: () => Promise<T>): Promise<T | undefined> {
    if (!this.link.isReady()) return undefined;
    try {
      return await command();
    } catch (error) {
      this.logger.warn(`Redis did not answer: ${(error as Error).message}`);
      return undefined;
    }
  }
}
