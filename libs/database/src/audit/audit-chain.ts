import { RepeatedTask } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

const EVERY_MS = 2_000;
const MOST_AT_ONCE = 1_000;
const TELL_HEAD_EVERY_MS = 60_000;

/**
 * What a migration runs once its service has the table `audit`: from then on the service may add to it and read it, and
 * `chain_audit()` links what was added. The function is made by `deploy/postgres/audit.sql`.
 * @param service whose schema it is
 */
export const keepAudit = (service: string): string => `
  do $$ begin
    if to_regprocedure('public.keep_audit(text)') is null then
      raise exception 'This database is not provisioned for this version: run deploy/postgres/provision.sql and audit.sql '
        'again (docs/how-to/verify-the-audit-log.md)';
    end if;
    perform public.keep_audit('${service}');
  end $$;`;

type Head = { number: string; hash: string };

/**
 * Links the rows of the audit log into a chain, soon after each was committed: so nobody who writes one waits for
 * another. Every instance may do it; the database lets one at a time.
 */
@Injectable()
export class AuditChain implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('audit');
  private readonly task = new RepeatedTask(() => this.turn(), {
    everyMs: EVERY_MS,
    logger: this.logger,
    onFailure: 'is linked at the next turn',
  });
  private told = { hash: '', at: 0 };

  constructor(private readonly em: EntityManager) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  /** Links all that is committed. Where nothing was added it only looks: taking the head is a commit of its own. */
  async link(): Promise<void> {
    let linked: number;
    do {
      const [row] = await this.em
        .fork()
        .execute<{ linked: string }[]>(
          'select case when exists (select 1 from audit where number is null) then chain_audit(?) else 0 end as linked',
          [MOST_AT_ONCE],
        );
      linked = Number(row!.linked);
    } while (linked === MOST_AT_ONCE);
  }

  private async turn(): Promise<void> {
    await this.link();
    await this.tellHead();
  }

  /** Into the logs, which whoever can change the database need not be able to change. */
  private async tellHead(): Promise<void> {
    if (Date.now() - this.told.at < TELL_HEAD_EVERY_MS) return;
    const [head] = await this.em.fork().execute<Head[]>(`select number, encode(hash, 'hex') as hash from audit_head`);
    if (!head || head.number === '0' || head.hash === this.told.hash) return;
    this.told = { hash: head.hash, at: Date.now() };
    this.logger.log({ number: Number(head.number), hash: head.hash }, 'head of the audit log');
  }
}
