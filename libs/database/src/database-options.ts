import type { Migration } from '@mikro-orm/migrations';
import type { Options } from '@mikro-orm/postgresql';

export type MigrationClass = new (...args: ConstructorParameters<typeof Migration>) => Migration;

export type DatabaseOptions = {
  /** The service's name, which is also its schema's. */
  service: string;
  /** `postgres://atrium_<service>:…@host:port/atrium` */
  url: string;
  entities: NonNullable<Options['entities']>;
  migrations: MigrationClass[];
  /** Longest a statement may run; 2000 ms unless told. */
  statementTimeoutMs?: number;
  /** Connections in the pool; 10 unless told. */
  poolSize?: number;
  /** Settings of PostgreSQL for each connection: `-c enable_seqscan=off` */
  settings?: string;
};
