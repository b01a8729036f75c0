import { defineRpcs } from '@atrium/contracts';
import { z } from 'zod';

const output = z.object({ instance: z.string() });
const callers = { gateway: 'for-itself' } as const;

/** Calls of a service of the tests' own; each answer names the instance that gave it. */
export const probe = defineRpcs('probe', {
  read: { input: z.object({}), output, idempotent: true, callers },
  write: { input: z.object({ id: z.string() }), output, callers },
  /** Takes a second. */
  slow: { input: z.object({ id: z.string() }), output, idempotent: true, callers },
  /** About one key one instance is asked. */
  keep: { input: z.object({ key: z.string() }), output, idempotent: true, batched: true, together: 'key', callers },
  written: { input: z.object({}), output: output.extend({ ids: z.array(z.string()) }), callers },
});
