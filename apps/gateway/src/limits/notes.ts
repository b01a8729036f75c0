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
