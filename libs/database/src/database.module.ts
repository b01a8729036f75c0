import { Handling } from '@atrium/bus';
import { Health } from '@atrium/service-kit';
import { Global, Logger, Module, type DynamicModule, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { RequestContext } from '@mikro-orm/core';
import { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import type { DatabaseOptions } from './database-options.ts';
import { releaseDeadClients } from './dead-clients.ts';
import { FactFollowers, FollowerParts, followerParts } from './facts/follow-facts.ts';
import { Inbox } from './inbox.ts';
import { migrate } from './migrate.ts';
import { Outbox } from './outbox.ts';
import { nameStatements } from './prepared.ts';
import { traceStatements } from './trace-statements.ts';
import { asUnavailable } from './unavailable.ts';

/**
 * One service's PostgreSQL schema: MikroORM, migrations applied before anything else runs, outbox with its relay,
 * inbox, and an identity map per call, event and job.
 */
@Global()
@Module({})
export class DatabaseModule implements OnModuleDestroy, OnApplicationShutdown {
  constructor(
    private readonly orm: MikroORM,
    private readonly outbox: Outbox,
  ) {}

  static forRoot(options: DatabaseOptions): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        {
          provide: MikroORM,
          useFactory: (handling: Handling, health: Health) => open(options, handling, health),
          inject: [Handling, Health],
        },
        { provide: EntityManager, useFactory: (orm: MikroORM) => orm.em, inject: [MikroORM] },
        Outbox,
        Inbox,
        FactFollowers,
        followerParts,
      ],
      exports: [MikroORM, EntityManager, Outbox, Inbox, FactFollowers, FollowerParts],
    };
  }

  async onModuleDestroy(): Promise<void> {
    await this.outbox.stop();
  }

  /** After the transports, wherever Nest closes those: calls under way still need it. */
  async onApplicationShutdown(): Promise<void> {
    await this.orm.close(true);
  }
}

async function open(options: DatabaseOptions, handling: Handling, health: Health): Promise<MikroORM> {
  await migrate(options);
  const statementTimeoutMs = options.statementTimeoutMs ?? 2000;
  const logger = new Logger('mikro-orm');
  const orm = await MikroORM.init({
    logger: (line) => logger.debug(line),
    colors: false,
    clientUrl: options.url,
    schema: options.service,
    entities: options.entities,
    // A service may own no entity but still have its outbox and inbox.
    discovery: { warnWhenNoEntities: false },
    pool: { min: 1, max: options.poolSize ?? 10, idleTimeoutMillis: 30_000 },
    driverOptions: {
      // Longer than PostgreSQL's deadlock_timeout of 1 s: else both sides of a deadlock give up before it names one.
      options: `-c search_path=${options.service},public -c lock_timeout=1500 ${options.settings ?? ''}`,
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + 500,
      connectionTimeoutMillis: 1500,
      idle_in_transaction_session_timeout: 10_000,
      application_name: `atrium-${options.service}`,
      keepAlive: true,
      onPoolCreated: (pool: Pool) => {
        releaseDeadClients(pool);
        traceStatements(pool);
        nameStatements(pool);
      },
    },
  });
  health.register('postgres', async () => void (await orm.em.fork().execute('select 1')));
  handling.useScope((run) =>
    RequestContext.create(orm.em, run).catch((error: unknown) => {
      throw asUnavailable(error);
    }),
  );
  return orm;
}
