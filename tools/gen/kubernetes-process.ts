import type { ZodObject } from 'zod';

/** One kind of process, as it is deployed. */
export interface Process {
  name: string;
  app: string;
  entry: string;
  /** Of Node. */
  flags: readonly string[];
  /** What it reads from the environment. */
  variables: readonly string[];
  /** Whether it talks to hosts that people name or an operator configures: mail, push services, webhooks, answerers. */
  world: boolean;
  memoryMib: number;
  /** Of temporary files. */
  diskMib: number;
  /** How many at most, where their number follows the load. */
  most?: number;
}

/** What the sources of a process do not say of it. */
const DEPLOYED: Record<string, Pick<Process, 'world' | 'memoryMib' | 'diskMib' | 'most'>> = {
  gateway: { world: false, memoryMib: 1024, diskMib: 4096, most: 10 },
  accounts: { world: true, memoryMib: 768, diskMib: 64 },
  rooms: { world: false, memoryMib: 768, diskMib: 64 },
  messages: { world: true, memoryMib: 1024, diskMib: 64, most: 6 },
  files: { world: true, memoryMib: 768, diskMib: 64 },
  // Room for an extraction beside the process.
  'files-worker': { world: false, memoryMib: 2560, diskMib: 4096, most: 10 },
  bot: { world: true, memoryMib: 768, diskMib: 64 },
};

/** A process as it stands in the sources: its entry, and what its app reads from the environment. */
export function processOf(kind: { name: string; app: string; entry: string }, config: ZodObject, flags: readonly string[]): Process {
  const deployed = DEPLOYED[kind.name];
  if (!deployed) throw new Error(`tools/gen/kubernetes-process.ts does not say how ${kind.name} is deployed`);
  return { ...kind, ...deployed, flags, variables: Object.keys(config.shape) };
}

export const selector = (name: string): Record<string, string> => ({
  'app.kubernetes.io/part-of': 'atrium',
  'app.kubernetes.io/name': name,
});
