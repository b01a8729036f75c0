import { Injectable, Inject, type OnModuleDestroy } from '@nestjs/common';
import { traceStatements } from '@atrium/database';
import { CONFIG } from '@atrium/service-kit';
import { Pool } from 'pg';
import type { MessagesConfig } from '../config.ts';
import { PLANNER_SETTINGS, PLAN_ONCE } from '../planner-settings.ts';

/**
 * The connections of the batched writer. Apart from MikroORM's pool, so that a burst of reads cannot keep the log
 * waiting, and with named statements, which PostgreSQL plans once.
 */
@Injectable()
export class LogPool extends Pool implements OnModuleDestroy {
  constructor(@Inject(CONFIG) config: MessagesConfig) {
    super({
      connectionString: config.MESSAGES_DATABASE_URL,
      max: 2,
      options: `-c search_path=messages -c lock_timeout=1500 ${PLANNER_SETTINGS} ${PLAN_ONCE}`,
      statement_timeout: 2000,
      query_timeout: 2500,
      connectionTimeoutMillis: 1500,
      idle_in_transaction_session_timeout: 10_000,
      application_name: 'atrium-messages-log',
      keepAlive: true,
      // What needs no answer of the statement before it is sent along with it: a batch is two round trips, not six.
      pipeline: true,
    });
    // A connection that breaks is replaced at the next use, idle or not: whoever uses it sees the query fail. Without
    // listeners it would end the process.
    this.on('error', () => undefined);
    this.on('connect', (client) => client.on('error', () => undefined));
    traceStatements(this);
  }

  async onModuleDestroy(): Promise<void> {
    await this.end();
  }
}
