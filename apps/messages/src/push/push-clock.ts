import { transact } from '@atrium/database';
import { AddressGuard, CONFIG, WorkerPool } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { MessagesConfig } from '../config.ts';
import { QuietPeople } from '../notifications/quiet-people.ts';
import { PreferencesRepository } from '../preferences/preferences.repository.ts';
import { PushComposer } from './push-composer.ts';
import { publicKeyOf } from './push-key.ts';
import { PushQueue, type Due, type HeldDevice } from './push-queue.ts';
import { PushSender, type Outcome } from './push-sender.ts';

const EVERY_MS = 500;
const SIDE_BY_SIDE = 8;
const MOST_TRIES = 6;
const EACH_WAIT_TIMES = 4;
const MOST_A_MINUTE = 20;
const REST_MS = 15_000;
/** A page that has died counts as open for as long as its gateway takes to notice; so long its owner may be away already. */
const PAGE_MAY_BE_DEAD_MS = 120_000;
const LOOK_AGAIN_MS = 10_000;
/** Apple ends the subscription of whoever pushes what is not shown. */
const SHOWS_EVERYTHING = /(^|\.)push\.apple\.com$/;

/** Tells devices what is due. A device is held by one instance at a time, and the hold ends by itself when that instance does. */
@Injectable()
export class PushClock implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('push');
  private readonly sender: PushSender | undefined;
  private readonly firstWaitMs: number;
  /** One slow push service holds up one worker alone. */
  private readonly pool = new WorkerPool<HeldDevice>(
    { take: () => this.take(), handle: (device) => this.handle(device) },
    { everyMs: EVERY_MS, sideBySide: SIDE_BY_SIDE, logger: this.logger, onFailure: 'devices wait for the next turn' },
  );

  constructor(
    private readonly em: EntityManager,
    private readonly queue: PushQueue,
    private readonly composer: PushComposer,
    private readonly preferences: PreferencesRepository,
    private readonly quiet: QuietPeople,
    @Inject(CONFIG) config: MessagesConfig,
  ) {
    const { MESSAGES_PUSH_KEY: privateKey, MESSAGES_PUSH_CONTACT: subject, MESSAGES_PUSH_NETWORKS: networks } = config;
    if (privateKey) this.sender = new PushSender(new AddressGuard(networks), { subject, privateKey, publicKey: publicKeyOf(privateKey) });
    this.firstWaitMs = config.MESSAGES_PUSH_RETRY_SECONDS * 1000;
  }

  onApplicationBootstrap(): void {
    if (this.sender) this.pool.start();
  }

  /** What is being sent is sent to the end and written down, so that nobody sends it again. */
  onModuleDestroy(): Promise<void> {
    return this.pool.stop();
  }

  private async take(): Promise<HeldDevice | null | undefined> {
    while (await transact(this.em.fork(), (tx) => this.queue.spreadCall(tx)));
    return this.queue.hold(this.em.fork());
  }

  private async handle(device: HeldDevice): Promise<void> {
    const em = this.em.fork();
    try {
      await this.serve(em, device);
    } finally {
      await this.queue.release(em, device.id);
    }
  }

  private async serve(em: EntityManager, device: HeldDevice): Promise<void> {
    const due = await this.queue.findDue(em, device.id);
    const closing = due.filter((one) => one.closing);
    if (closing.length > 0 && !(await this.close(em, device, closing))) return;
    const waiting = await this.wanted(em, device, due);
    if (waiting.length === 0) return;
    const left = MOST_A_MINUTE - device.sentLately;
    if (left <= 0) return this.queue.postpone(em, device.id, REST_MS);
    for (const one of waiting.slice(0, left)) {
      const outcome = await this.attempt(em, device, one);
      if (outcome.is === 'sent') await this.queue.noteSent(em, device.id, one.messageId);
      else if (!(await this.goesOnAfter(em, device, one, outcome))) break;
    }
    // What was read while it was sent.
    await this.queue.closeRead(em, device.userId);
  }

  /** Who wrote is asked of rooms, which may be away like a push service. */
  private async attempt(em: EntityManager, device: HeldDevice, { told }: Due): Promise<Outcome> {
    try {
      const message = await this.composer.tell(em, device, told!, await this.preferences.find(em, device.userId));
      return await this.sender!.send(device, message);
    } catch (error) {
      return { is: 'later', why: (error as Error).message };
    }
  }

  /** What of it its owner wants to hear of now; the rest is dropped, or waits. */
  private async wanted(em: EntityManager, device: HeldDevice, due: readonly Due[]): Promise<Due[]> {
    const waiting = due.filter(({ closing }) => !closing);
    if (waiting.length === 0) return [];
    const { push } = await this.preferences.find(em, device.userId);
    const isQuiet = (await this.quiet.among([device.userId])).has(device.userId);
    const told = push && !isQuiet ? waiting.filter((one) => one.told !== null) : [];
    const atPage = told.length > 0 && (await this.queue.isAtPage(em, device.userId));
    const kept = atPage ? told.filter(({ ageMs }) => ageMs < PAGE_MAY_BE_DEAD_MS) : told;
    const dropped = waiting.filter((one) => !kept.includes(one));
    await this.queue.drop(
      em,
      device.id,
      dropped.map(({ messageId }) => messageId),
    );
    if (!atPage) return kept;
    await this.queue.postpone(em, device.id, LOOK_AGAIN_MS);
    return [];
  }

  /** @returns whether the device can be told more now */
  private async close(em: EntityManager, device: HeldDevice, closing: readonly Due[]): Promise<boolean> {
    const ids = closing.map(({ messageId }) => messageId);
    const isPointless = SHOWS_EVERYTHING.test(new URL(device.endpoint).hostname);
    const outcome: Outcome = isPointless
      ? { is: 'sent' }
      : await this.sender!.send(device, await this.composer.close(em, device.userId, ids));
    if (outcome.is !== 'sent') return this.goesOnAfter(em, device, closing[0]!, outcome);
    await this.queue.drop(em, device.id, ids);
    return true;
  }

  /** @returns whether the device can be told more now */
  private async goesOnAfter(
    em: EntityManager,
    device: HeldDevice,
    { messageId, tries }: Pick<Due, 'messageId' | 'tries'>,
    outcome: Outcome,
  ): Promise<boolean> {
    if (outcome.is === 'sent') return true;
    if (outcome.is === 'gone') {
      await this.queue.removeDevice(em, device.id);
      return false;
    }
    this.logger.warn(`a device was not told: ${outcome.why}`);
    if (outcome.is === 'refused' || tries + 1 >= MOST_TRIES) {
      await this.queue.drop(em, device.id, [messageId]);
      return outcome.is === 'refused';
    }
    await this.queue.countTry(em, device.id, messageId);
    await this.queue.postpone(em, device.id, outcome.waitMs ?? this.firstWaitMs * EACH_WAIT_TIMES ** tries);
    return false;
  }
}
