/**
 * Every statement of this service looks rows up by key, and PostgreSQL is told to. A plan made while a table is small or
 * unknown would read it whole, or gather all that a lookup may find before it sorts out the first.
 */
export const PLANNER_SETTINGS = ['enable_seqscan', 'enable_bitmapscan', 'enable_hashjoin', 'enable_mergejoin']
  .map((name) => `-c ${name}=off`)
  .join(' ');

/**
 * What is asked by a prepared statement is a lookup by key, the same plan whatever it is asked with: planned once for each
 * connection, and never again for its values.
 */
export const PLAN_ONCE = '-c plan_cache_mode=force_generic_plan';
