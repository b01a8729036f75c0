import { z } from 'zod';
import { defineEvents, defineSignals } from '../define.ts';
import { defineFacts } from '../facts.ts';
import { Id, Instant } from '../values.ts';
import { files } from './files.rpc.ts';
import { FileRecord } from './files.schema.ts';

/** `version` numbers what is told of one file; it is not that of its record, which counts extractions. */
const fileFact = z.object({ fileId: Id, version: z.int().min(1), roomId: Id, at: Instant, actorId: Id.nullable() });

export const fileEvents = defineEvents(
  'files',
  {
    added: fileFact.extend({ file: FileRecord }),
    statusChanged: fileFact.extend({ file: FileRecord }),
    deleted: fileFact,
  },
  { key: 'roomId' },
);

/** What is told of a file, from its being added to its deletion, is numbered for each file. */
export const fileFacts = defineFacts({ kind: 'file', key: 'fileId', events: fileEvents, facts: files.facts, heads: files.factHeads });

export type FileFactName = keyof typeof fileEvents;
export type FileFact<N extends FileFactName = FileFactName> = z.output<(typeof fileEvents)[N]['payload']>;

export const fileSignals = defineSignals('files', {
  progress: z.object({ roomId: Id, fileId: Id, percent: z.int() }),
});
