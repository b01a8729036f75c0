import { RpcClient, type CallOptions } from '@atrium/bus';
import { MAX_AVATAR_BYTES, User, accounts } from '@atrium/contracts';
import { Controller, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { continueIfAsked } from '../auth/admission.ts';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { AvatarId } from '../http/ids.ts';
import { readOneFile } from '../http/one-file.ts';
import { encodeAvatar } from './avatar-encoder.ts';

/** An address is never used for another picture. */
const FOR_EVER = 'public, max-age=31536000, immutable';

@Controller()
export class AvatarsHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('PUT /api/me/avatar', {
    scope: 'session',
    summary: 'Upload a picture of oneself: the image itself, or a form with it; at most 5 MiB',
    reply: User,
    multipart: true,
    image: true,
    codes: [...accounts.setAvatar.codes, 'payload_too_large', 'validation_failed'],
  })
  async put(@Req() request: FastifyRequest, @Caller() call: CallOptions, @Res({ passthrough: true }) reply: FastifyReply) {
    continueIfAsked(request, reply);
    const picture = await encodeAvatar(await readOneFile(request.raw, MAX_AVATAR_BYTES));
    return this.rpc.call(accounts.setAvatar, { webp: picture.toString('base64') }, call);
  }

  @Endpoint('DELETE /api/me/avatar', { scope: 'session', summary: 'Take the caller’s picture away' })
  async remove(@Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(accounts.setAvatar, { webp: null }, call);
  }

  @Endpoint('GET /api/avatars/:avatarId', {
    summary: 'A picture of a person, for whoever was told its address',
    public: true,
    produces: 'image/webp',
    codes: accounts.getAvatar.codes,
  })
  async get(
    @AvatarId() avatarId: string,
    @Caller() call: CallOptions,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { webp } = await this.rpc.call(accounts.getAvatar, { avatarId }, call);
    void reply.header('cache-control', FOR_EVER);
    return new StreamableFile(Buffer.from(webp, 'base64'), { type: 'image/webp' });
  }
}
