/**
 * Every statement of this service looks rows up by key, and PostgreSQL is told to. A plan made while a table is small or
 * unknown would read it whole, or gather all that a lookup may find before it sorts out the first.
 */
export const PLANNER_SETTINGS = ['enable_seqscan', 'enable_bitmapscan', 'enable_hashjoin', 'enable_mergejoin']
  .map((name) => `-c ${name}=off`)
  .join(' ');
