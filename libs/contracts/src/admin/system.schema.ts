import { z } from 'zod';
import { Id, Instant } from '../values.ts';

/** One setting in force. What is secret, or might hold something secret, is never told. */
export const Setting = z
  .object({
    name: z.string(),
    /** Null for what is not set, and for what is not told. */
    value: z.string().nullable(),
    /** Whether it was given, or is what the program takes by itself. */
    source: z.enum(['environment', 'default', 'unset']),
    isSecret: z.boolean(),
  })
  .meta({ id: 'Setting' });
export type Setting = z.output<typeof Setting>;

/** What one running process says of itself. */
export const InstanceStatus = z
  .object({
    process: z.string(),
    instance: Id,
    version: z.string(),
    nodeVersion: z.string(),
    startedAt: Instant,
    ready: z.boolean(),
    draining: z.boolean(),
    /** `ok`, or what is wrong, of everything that it needs. */
    checks: z.record(z.string(), z.string()),
    memoryBytes: z.int(),
    settings: z.array(Setting),
  })
  .meta({ id: 'InstanceStatus' });
export type InstanceStatus = z.output<typeof InstanceStatus>;

/** A kind of process, and those of it that answered; none where it does not run, or hangs. */
export const ProcessStatus = z.object({ name: z.string(), instances: z.array(InstanceStatus) }).meta({ id: 'ProcessStatus' });
export type ProcessStatus = z.output<typeof ProcessStatus>;
