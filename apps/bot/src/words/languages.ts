import { RpcClient } from '@atrium/bus';
import { AppError, messages, type Call } from '@atrium/contracts';
import { CONFIG } from '@atrium/service-kit';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BotConfig } from '../config.ts';
import { LANGUAGES, inLanguage, type Language } from './words.ts';

/** Which language is spoken to whom. */
@Injectable()
export class Languages {
  /** What a whole room reads. */
  readonly ofRooms: Language;
  private readonly logger = new Logger('bot');

  constructor(
    private readonly rpc: RpcClient,
    @Inject(CONFIG) config: BotConfig,
  ) {
    this.ofRooms = config.BOT_LANGUAGE;
  }

  /** What a person reads: as they ask for it with a call, or as they chose once for all of their devices; English without either. */
  async of(userId: string, { languages = '' }: Pick<Call, 'languages'> = {}): Promise<Language> {
    return firstKnown(languages) ?? firstKnown(await this.chosenBy(userId)) ?? 'en';
  }

  /** Does something whose words are for one person. */
  async speakTo<T>(userId: string, call: Pick<Call, 'languages'>, work: () => T): Promise<Awaited<T>> {
    return await inLanguage(await this.of(userId, call), work);
  }

  /** English is better than no answer while nobody can say. */
  private async chosenBy(userId: string): Promise<string> {
    try {
      return (await this.rpc.call(messages.preferences, {}, { actorId: userId })).language ?? '';
    } catch (error) {
      this.logger.warn({ code: AppError.from(error).code }, 'a language is not known: English is spoken');
      return '';
    }
  }
}

/** A tag such as de-CH is taken for its language. */
function firstKnown(tags: string): Language | undefined {
  const wanted = tags.split(',').map((tag) => tag.replace(/-.*/, '').toLowerCase());
  return wanted.flatMap((tag) => LANGUAGES.filter((known) => known === tag))[0];
}
