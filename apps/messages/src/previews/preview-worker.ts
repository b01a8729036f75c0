import { AddressGuard, CONFIG, WorkerPool } from '@atrium/service-kit';
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
  private readonly pool = new WorkerPool<LinkJob>(
    { take: () => this.jobs.take(this.em.fork()), handle: (job) => this.look(job) },
    { everyMs: EVERY_MS, sideBySide: AT_ONCE, logger: this.logger, onFailure: 'links wait for the next turn' },
  );

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
    if (this.isOn) this.pool.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.pool.stop();
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
