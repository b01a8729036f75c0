import { Dictionary, searchText, transact } from '@atrium/database';
import { RepeatedTask } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import pTimeout from 'p-timeout';
import { mark } from './marks.ts';

const PASS_EVERY_MS = 300;
/** Pages taken in between two looks at what else is to do. */
const PAGES = 20;
/** How long a search waits for files that came in just before it. */
const WAIT_MS = 400;
const LOOK_AGAIN_MS = 20;

type Due = { id: string; name: string; room_id: string; uploader_id: string };
type Page = { page: number; text: string };

/** Takes names and pages into the search index, each file in a transaction of its own, soon after it came in or was read. */
@Injectable()
export class SearchIndexer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly passes = new RepeatedTask(() => this.indexAll(), {
    everyMs: PASS_EVERY_MS,
    logger: new Logger('search-index'),
    onFailure: 'was not brought up to date',
  });

  constructor(private readonly em: EntityManager) {}

  onApplicationBootstrap(): void {
    this.passes.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.passes.stop();
  }

  /** Takes in what is there by now, or as much as fits a short wait: a worker may hold a file that was just claimed. */
  async catchUp(): Promise<void> {
    const until = Date.now() + WAIT_MS;
    while (!this.passes.isStopped && (await this.hasDue()) && Date.now() < until) {
      await pTimeout(this.passes.run(), { milliseconds: Math.max(1, until - Date.now()), fallback: () => undefined });
      await wait(LOOK_AGAIN_MS);
    }
  }

  private async hasDue(): Promise<boolean> {
    const rows = await this.em.fork().execute<unknown[]>('select 1 from files where not indexed and deleted_at is null limit 1');
    return rows.length > 0;
  }

  private async indexAll(): Promise<void> {
    while (!this.passes.isStopped && (await transact(this.em, (tx) => this.indexOne(tx))));
  }

  /** @returns whether there was one */
  private async indexOne(tx: EntityManager): Promise<boolean> {
    const [file] = await tx.execute<Due[]>(
      `select id, name, room_id, uploader_id from files where not indexed and deleted_at is null order by id limit 1 for no key update skip locked`,
    );
    if (!file) return false;
    await tx.execute('delete from file_search where file_id = ?', [file.id]);
    await this.store(tx, file, [{ page: 0, text: file.name }]);
    for (let after = 0; ;) {
      const pages = await tx.execute<Page[]>('select page, text from file_pages where file_id = ? and page > ? order by page limit ?', [
        file.id,
        after,
        PAGES,
      ]);
      if (pages.length === 0) break;
      await this.store(tx, file, pages);
      after = pages.at(-1)!.page;
    }
    await tx.execute('update files set indexed = true where id = ?', [file.id]);
    return true;
  }

  private async store(tx: EntityManager, file: Due, pages: readonly Page[]): Promise<void> {
    const rows = pages.map(({ page, text }) => ({ page, ...searchText(text) }));
    await Dictionary.add(
      tx,
      rows.flatMap(({ lexemes }) => lexemes),
    );
    const marks = JSON.stringify([mark.room(file.room_id), mark.author(file.uploader_id)]);
    await tx.execute(
      `insert into file_search (file_id, page, folded, words, terms)
       select ?, page, folded, words, array_to_tsvector(array(select jsonb_array_elements_text(lexemes)) || array(select jsonb_array_elements_text(?::jsonb)))
         from jsonb_to_recordset(?::jsonb) as d (page int, folded text, words int, lexemes jsonb)`,
      [file.id, marks, JSON.stringify(rows)],
    );
  }
}
