import { RpcClient, type CallOptions } from '@atrium/bus';
import { AdminReason, FileRecord, files } from '@atrium/contracts';
import { Body, Controller, Query } from '@nestjs/common';
import { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { FileId, QueuedJobId } from '../http/ids.ts';
import { Settler } from '../rooms/settler.ts';
import { ReasonAnywhere, requireReason } from './reason.ts';

const FilesQuery = files.adminFiles.input;
const JobsQuery = files.adminJobs.input;
const ReasonBody = z.object({ reason: AdminReason });

/** What admins do with files, and with the queue that reads them. */
@Controller()
export class AdminFilesHttp {
  constructor(
    private readonly rpc: RpcClient,
    private readonly settler: Settler,
  ) {}

  @Endpoint('GET /api/admin/files', {
    scope: 'admin',
    summary: 'The files of every room, newest first, by name, room, uploader and status; admins only',
    reply: files.adminFiles.output,
    codes: files.adminFiles.codes,
  })
  list(@Query({ schema: FilesQuery }) query: z.output<typeof FilesQuery>, @Caller() call: CallOptions) {
    return this.rpc.call(files.adminFiles, query, call);
  }

  @Endpoint('POST /api/admin/files/:fileId/retry', {
    scope: 'admin',
    summary: 'Read a file again; admins only',
    reply: FileRecord,
    codes: files.adminRetryFile.codes,
  })
  async retry(
    @FileId() fileId: string,
    @Body({ schema: ReasonBody }) { reason }: z.output<typeof ReasonBody>,
    @Caller() call: CallOptions,
  ) {
    const { file, fact } = await this.rpc.call(files.adminRetryFile, { fileId, reason }, call);
    await this.settler.logged([fact], call);
    return file;
  }

  @Endpoint('DELETE /api/admin/files/:fileId', {
    scope: 'admin',
    summary: 'Delete a file, with a reason in the body or the query; admins only',
    codes: files.adminRemoveFile.codes,
  })
  async remove(
    @FileId() fileId: string,
    @Query({ schema: ReasonAnywhere }) query: z.output<typeof ReasonAnywhere>,
    @Body({ schema: ReasonAnywhere }) body: z.output<typeof ReasonAnywhere>,
    @Caller() call: CallOptions,
  ): Promise<void> {
    const { fact } = await this.rpc.call(files.adminRemoveFile, { fileId, reason: requireReason(body, query) }, call);
    await this.settler.logged([fact], call);
  }

  @Endpoint('GET /api/admin/jobs', {
    scope: 'admin',
    summary: 'The jobs of the queues by state, and how many there are of each; admins only',
    reply: files.adminJobs.output,
    codes: files.adminJobs.codes,
  })
  jobs(@Query({ schema: JobsQuery }) query: z.output<typeof JobsQuery>, @Caller() call: CallOptions) {
    return this.rpc.call(files.adminJobs, query, call);
  }

  @Endpoint('POST /api/admin/jobs/:jobId/retry', {
    scope: 'admin',
    summary: 'Try again what a queue has given up; admins only',
    codes: files.adminRetryJob.codes,
  })
  async retryJob(
    @QueuedJobId() jobId: string,
    @Body({ schema: ReasonBody }) { reason }: z.output<typeof ReasonBody>,
    @Caller() call: CallOptions,
  ): Promise<void> {
    await this.rpc.call(files.adminRetryJob, { jobId, reason }, call);
  }
}
