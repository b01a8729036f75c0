/**
 * What the suffix of a file says it is: `messages.rpc.ts` is a door, `messages.service.ts` a use case. Files without
 * a suffix of ours (glue, pure functions) may import and be imported by anything.
 */
export type Kind = 'door' | 'use case' | 'data' | 'other';

const kinds: Record<string, Kind> = {
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
};

/** What a file may not import. A door calls use cases, a use case asks data; never the other way. */
export const forbidden: Record<Kind, readonly Kind[]> = {
  door: ['data'],
  'use case': ['door'],
  data: ['use case', 'door'],
  other: [],
};

/** The kind of `messages.service.ts`, `./messages.service.ts` or a whole path. */
export function kindOf(path: string): Kind {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const suffix = /^[^.]+\.([a-z-]+)\.tsx?$/.exec(name)?.[1];
  return (suffix && kinds[suffix]) || 'other';
}

/** Files that run in tests only: they may import @atrium/testing and build what they like. */
export function isTest(path: string): boolean {
  return /\.(spec|int-spec)\.tsx?$/.test(path) || /\/test\//.test(path);
}
