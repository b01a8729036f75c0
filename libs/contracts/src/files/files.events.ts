import { z } from 'zod';
import { defineEvents, defineSignals } from '../define.ts';
import { Id, Instant } from '../values.ts';
import { FileRecord } from './files.schema.ts';

const fileFact = z.object({ roomId: Id, at: Instant, actorId: Id.nullable() });

export const fileEvents = defineEvents('files', {
  added: fileFact.extend({ file: FileRecord }),
  statusChanged: fileFact.extend({ file: FileRecord }),
  deleted: fileFact.extend({ fileId: Id }),
});

export const fileSignals = defineSignals('files', {
  progress: z.object({ roomId: Id, fileId: Id, percent: z.int() }),
});
