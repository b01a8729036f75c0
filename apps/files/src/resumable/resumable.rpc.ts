import { HandleRpc, requireActor } from '@atrium/bus';
import { files, type Call, type ParsedInputOf, type RpcHandlers, type resumableRpcs } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { PiecesService } from './pieces.service.ts';
import { ResumableService } from './resumable.service.ts';

type In<K extends keyof typeof resumableRpcs> = ParsedInputOf<(typeof files)[K]>;

/** Uploads that arrive in several requests. */
@Controller()
export class ResumableRpc implements Pick<RpcHandlers<typeof files>, keyof typeof resumableRpcs> {
  constructor(
    private readonly uploads: ResumableService,
    private readonly pieces: PiecesService,
  ) {}

  @HandleRpc(files.createUpload)
  createUpload(input: In<'createUpload'>, call: Call) {
    return this.uploads.create(requireActor(call), input, call);
  }

  @HandleRpc(files.findUpload)
  findUpload(input: In<'findUpload'>, call: Call) {
    return this.uploads.find(requireActor(call), input, call);
  }

  @HandleRpc(files.resumeUpload)
  resumeUpload(input: In<'resumeUpload'>, call: Call) {
    return this.uploads.resume(requireActor(call), input, call);
  }

  @HandleRpc(files.openPiece)
  openPiece(input: In<'openPiece'>, call: Call) {
    return this.pieces.open(requireActor(call), input, call);
  }

  @HandleRpc(files.recordPiece)
  recordPiece(input: In<'recordPiece'>, call: Call) {
    return this.pieces.record(requireActor(call), input, call);
  }

  @HandleRpc(files.dropPiece)
  async dropPiece(input: In<'dropPiece'>, call: Call) {
    await this.pieces.drop(requireActor(call), input);
    return {};
  }

  @HandleRpc(files.assembleUpload)
  assembleUpload(input: In<'assembleUpload'>, call: Call) {
    return this.uploads.assemble(requireActor(call), input, call);
  }

  @HandleRpc(files.removeUpload)
  async removeUpload(input: In<'removeUpload'>, call: Call) {
    await this.uploads.remove(requireActor(call), input, call);
    return {};
  }
}
