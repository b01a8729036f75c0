import { Signals } from '@atrium/bus';
import { AppError, InteractionAnswer, botSignals } from '@atrium/contracts';
import { AddressGuard, CONFIG, RepeatedTask, Sealer, WorkerPool, parseBoundedJson } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { BotConfig } from '../config.ts';
import { NotesService } from '../runs/notes.service.ts';
import { working } from '../runs/note-texts.ts';
import { RunsRepository } from '../runs/runs.repository.ts';
import { PostsService } from '../posts/posts.service.ts';
import { WebhookSender } from '../webhooks/outgoing/webhook-sender.ts';
import { InteractionsRepository, type HeldRequest, type StoredInteraction } from './interactions.repository.ts';
import { placeOfSecret } from './registrations.service.ts';
import { i18n } from '../words/words.ts';

const EVERY_MS = 500;
const SIDE_BY_SIDE = 8;
const MOST_TRIES = 3;
const AGAIN_AFTER_MS = 5000;
/** As long as an answer may be, in whatever writing. */
const ANSWER_BYTES = 64 * 1024;
const EVENT = 'interaction';

type TakeAnswer = (interaction: StoredInteraction, answer: InteractionAnswer) => Promise<unknown>;

/**
 * Posts what is for bots that are told by requests, and ends what was not answered in time. A request is held by one
 * instance while it is sent, and the hold ends by itself when that instance does.
 */
@Injectable()
export class InteractionClock implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('bot');
  private readonly sender: WebhookSender;
  private takeAnswer: TakeAnswer | undefined;
  private readonly pool = new WorkerPool<HeldRequest>(
    { take: () => this.interactions.hold(this.em.fork()), handle: (held) => this.send(held) },
    { everyMs: EVERY_MS, sideBySide: SIDE_BY_SIDE, logger: this.logger, onFailure: 'requests to bots wait for the next turn' },
  );
  private readonly watching = new RepeatedTask(() => this.watch(), {
    everyMs: EVERY_MS,
    logger: this.logger,
    onFailure: 'interactions are looked at again at the next turn',
  });

  constructor(
    private readonly em: EntityManager,
    private readonly interactions: InteractionsRepository,
    private readonly runs: RunsRepository,
    private readonly notes: NotesService,
    private readonly posts: PostsService,
    private readonly sealer: Sealer,
    private readonly signals: Signals,
    @Inject(CONFIG) config: BotConfig,
  ) {
    this.sender = new WebhookSender(new AddressGuard(config.BOT_WEBHOOK_NETWORKS), { answerBytes: ANSWER_BYTES });
  }

  /** Who takes what a bot answers to the request itself. */
  onAnswer(take: TakeAnswer): void {
    this.takeAnswer = take;
  }

  onApplicationBootstrap(): void {
    this.pool.start();
    this.watching.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.pool.stop(), this.watching.stop()]);
  }

  wake(): void {
    this.pool.wake();
  }

  private async send(held: HeldRequest): Promise<void> {
    const { id, botId, told, url, signingSecret, tries } = held;
    if (url === null || signingSecret === null) return this.giveUp(held, () => i18n.t('It has no address any more.'));
    const secret = this.sealer.open(signingSecret, placeOfSecret(botId));
    const { error, answer, hopeless } = await this.sender.send({ id, event: EVENT, body: JSON.stringify(told), url, secret });
    if (error === null) return this.take(held, answer);
    if (hopeless || tries + 1 >= MOST_TRIES) return this.giveUp(held, () => error);
    await this.interactions.tryAgain(this.em.fork(), id, new Date(Date.now() + AGAIN_AFTER_MS * (tries + 1)));
  }

  /** An answer to the request is the bot's answer; nothing says that one will come. */
  private async take(held: HeldRequest, text: string): Promise<void> {
    await this.interactions.noteTaken(this.em.fork(), held.id);
    if (text.trim() === '') return;
    const answer = InteractionAnswer.safeParse(parseJson(text));
    if (!answer.success) return this.giveUp(held, () => i18n.t('It answered with something else than {form}.', { form: '{"body": …}' }));
    try {
      await this.takeAnswer?.(held, answer.data);
    } catch (error) {
      const known = AppError.from(error);
      if (known.code === 'interaction_over') return;
      if (known.kind === 'internal') this.logger.error({ err: known.cause ?? known }, 'an answer of a bot got lost');
      await this.giveUp(held, () => (known.kind === 'internal' ? i18n.t('Its answer got lost on our side.') : known.detail));
    }
  }

  private async giveUp(held: StoredInteraction, reason: () => string): Promise<void> {
    if (await this.interactions.giveUp(this.em.fork(), held.id)) await this.tellOver(held, reason);
  }

  private async watch(): Promise<void> {
    for (const one of await this.interactions.expire(this.em.fork())) await this.tellOver(one, () => i18n.t('It took too long.'));
    for (const one of await this.interactions.endUnheard(this.em.fork())) await this.tellOver(one, () => i18n.t('It is not connected.'));
    for (const { id, botId } of await this.interactions.offerAgain(this.em.fork()))
      this.signals.send(botSignals.interaction, { botId, interactionId: id });
    for (const one of await this.interactions.takeLong(this.em.fork()))
      await this.notes.tellInTheirs(one.userId, () => ({ ...headOf(one), ...working() }));
  }

  /** Who asked hears why nothing came; the run is forgotten, so that it can be tried again. */
  private async tellOver(one: StoredInteraction, reason: () => string): Promise<void> {
    if (!one.posted) await this.runs.drop(this.em.fork(), one.sourceId);
    if (!one.posted && one.told.public) await this.posts.giveTurnBack(one.roomId, one.sourceId, { actorId: one.userId });
    const command = `\`/${one.told.command}\``;
    await this.notes.tellInTheirs(one.userId, () => {
      const body = i18n.t('The bot of {command} did not answer. {reason}', { command, reason: reason() });
      return { ...headOf(one), body };
    });
  }
}

/** How a note of this use is known, on all devices of who asked. */
export const headOf = ({ sourceId, roomId, parentId, told }: StoredInteraction) => ({
  id: sourceId,
  roomId,
  command: told.text,
  ...(parentId !== null && { parentId }),
});

function parseJson(text: string): unknown {
  try {
    return parseBoundedJson(text);
  } catch {
    return undefined;
  }
}
