/**
 * What the name of a file says it is: `messages.rpc.ts` is a door, `messages.service.ts` a use case, `app.module.ts`
 * glue. The others are plain: functions and parts that a use case is made of. What one of those is to whoever imports
 * it is told by what it imports itself (see `reach.ts`).
 */
export type Kind = 'door' | 'use case' | 'data' | 'glue' | 'plain';

const suffixes: Record<string, Kind> = {
  rpc: 'door',
  consumer: 'door',
  worker: 'door',
  http: 'door',
  socket: 'door',
  fanout: 'door',
  service: 'use case',
  access: 'use case',
  repository: 'data',
  entity: 'data',
  entities: 'data',
  mapper: 'data',
  module: 'glue',
  main: 'glue',
};
/** Directly under `src/` of an app; deeper, they are names like others. */
const glue = /\/src\/(main|worker|config|endpoints|gateway)\.ts$/;

/** What a file may not import. A door calls use cases, a use case asks data; never the other way. */
export const forbidden: Record<Kind, readonly Kind[]> = {
  door: ['data'],
  'use case': ['door'],
  data: ['use case', 'door'],
  plain: ['door'],
  glue: [],
};

/** The kind of `messages.service.ts`, `./messages.service.ts` or a whole path. */
export function kindOf(path: string): Kind {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const suffix = /^[^.]+\.([a-z-]+)\.tsx?$/.exec(name)?.[1];
  return (suffix && suffixes[suffix]) || (glue.test(path) ? 'glue' : 'plain');
}

/** Files that run in tests only: they may import @atrium/testing and build what they like. */
export function isTest(path: string): boolean {
  return /\.(spec|int-spec)\.tsx?$/.test(path) || /\/test\//.test(path);
}
