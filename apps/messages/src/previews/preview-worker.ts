import { AddressGuard, CONFIG } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { MessagesConfig } from '../config.ts';
import { GuardedGet } from './guarded-get.ts';
import { LinkJobs, type LinkJob } from './link-jobs.ts';
import { PagePreviews, type PagePreview } from './page-previews.ts';
import { PreviewsService } from './previews.service.ts';
import { shownLinks } from './shown-links.ts';

const EVERY_MS = 400;
const AT_ONCE = 4;

/** Looks at the links of messages after they were sent, a few at a time. */
@Injectable()
export class PreviewWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('previews');
  private readonly pages: PagePreviews;
  private readonly isOn: boolean;
  private readonly running = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private isTaking = false;

  constructor(
    @Inject(CONFIG) config: MessagesConfig,
    private readonly em: EntityManager,
    private readonly jobs: LinkJobs,
    private readonly service: PreviewsService,
  ) {
    this.isOn = config.MESSAGES_LINK_PREVIEWS === 'on';
    this.pages = new PagePreviews(new GuardedGet(new AddressGuard(config.MESSAGES_PREVIEW_NETWORKS)));
  }

  onApplicationBootstrap(): void {
    if (this.isOn) this.timer = setInterval(() => void this.tick(), EVERY_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.running);
  }

  private async tick(): Promise<void> {
    if (this.isTaking) return;
    this.isTaking = true;
    try {
      for (let job = await this.next(); job; job = await this.next()) this.begin(job);
    } catch (error) {
      this.logger.warn(`links wait for the next turn: ${(error as Error).message}`);
    } finally {
      this.isTaking = false;
    }
  }

  private async next(): Promise<LinkJob | null> {
    return this.running.size < AT_ONCE ? this.jobs.take(this.em.fork()) : null;
  }

  private begin(job: LinkJob): void {
    const done = this.look(job)
      // It is done again when its time is over.
      .catch((error: unknown) => this.logger.warn(`a link was not looked at: ${(error as Error).message}`))
      .finally(() => this.running.delete(done));
    this.running.add(done);
  }

  private async look(job: LinkJob): Promise<void> {
    const found = await Promise.all(shownLinks(job.body).map((url) => this.find(url)));
    await this.service.show(
      job,
      found.filter((one) => one !== undefined),
    );
  }

  /** A page that cannot be had when its link is posted shows nothing: nobody waits for it any more. */
  private async find(url: string): Promise<PagePreview | undefined> {
    try {
      return await this.pages.find(url);
    } catch (error) {
      this.logger.debug(`${new URL(url).hostname} shows nothing: ${(error as Error).message}`);
      return undefined;
    }
  }
}
