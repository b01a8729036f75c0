import { z } from 'zod';
import { defineJobs } from '../define.ts';
import { Id } from '../values.ts';

/** One version of a file. */
const ExtractionJob = z.object({ fileId: Id, version: z.int() });

export const fileJobs = defineJobs('files', {
  extract: ExtractionJob.extend({
    /** What brought it about, as the bus tells it of calls and events. */
    cause: z.object({ requestId: z.string().optional(), traceparent: z.string().optional() }).optional(),
  }),
});

export type ExtractionJob = z.infer<typeof ExtractionJob>;
