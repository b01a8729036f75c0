import { z } from 'zod';
import { AdminReason, adminList, auditPage, roomAuditPage, statsOf } from '../admin/admin.schema.ts';
import type { RpcDefinition } from '../define.ts';
import { FactReceipt } from '../facts.ts';
import { Cursor, Id, Instant, Limit, Nothing, listOf } from '../values.ts';
import { FileRecord, FileStatus } from './files.schema.ts';

export const JOB_STATES = ['waiting', 'active', 'delayed', 'failed'] as const;

/** Work of a queue. One that has failed was tried as often as it is, and waits for an admin. */
export const AdminJob = z
  .object({
    id: z.string(),
    queue: z.string(),
    state: z.enum(JOB_STATES),
    fileId: Id.nullable(),
    attempts: z.int(),
    failedReason: z.string().nullable(),
    addedAt: Instant,
    finishedAt: Instant.nullable(),
  })
  .meta({ id: 'AdminJob' });
export type AdminJob = z.output<typeof AdminJob>;

export const JobId = z.string().regex(/^[\w-]{1,100}$/, { error: 'must be the id of a job' });

/** What admins ask of files. Whoever is not one is told that there is nothing. */
export const filesAdminRpcs = {
  adminFiles: {
    input: z.object({ ...adminList, roomId: Id.optional(), userId: Id.optional(), status: FileStatus.optional() }),
    output: listOf(FileRecord),
    idempotent: true,
    codes: ['not_found'],
  },
  adminRetryFile: {
    input: z.object({ fileId: Id, reason: AdminReason }),
    output: FactReceipt.extend({ file: FileRecord }),
    codes: ['not_found', 'file_not_found', 'file_not_retryable'],
  },
  adminRemoveFile: {
    input: z.object({ fileId: Id, reason: AdminReason }),
    output: FactReceipt,
    codes: ['not_found', 'file_not_found'],
  },
  adminJobs: {
    input: z.object({ state: z.enum(JOB_STATES).optional(), cursor: Cursor.optional(), limit: Limit }),
    output: listOf(AdminJob).extend({ counts: z.record(z.enum(JOB_STATES), z.int()) }),
    idempotent: true,
    codes: ['not_found'],
  },
  /** Tries again what the queue has given up. */
  adminRetryJob: {
    input: z.object({ jobId: JobId, reason: AdminReason }),
    output: Nothing,
    codes: ['not_found', 'job_not_found', 'file_not_found', 'file_not_retryable'],
  },
  /** What moderators and admins did with the files of a room. */
  roomAudit: roomAuditPage,
  adminAudit: { ...auditPage, codes: ['not_found'] },
  adminStats: { ...statsOf, codes: ['not_found'] },
} as const satisfies Record<string, RpcDefinition>;
