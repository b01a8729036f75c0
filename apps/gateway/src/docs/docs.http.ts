import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DeclaredEndpoint } from '../http/endpoint.ts';
import { packed, type PageFile } from '../page/page.files.ts';
import { sendFile } from '../page/send-file.ts';
import { asyncApiDocument } from './asyncapi.ts';
import { openApiDocument } from './openapi.ts';

/** What the documents describe: the routes that this gateway serves. */
export const ENDPOINTS = Symbol('endpoints');

const TYPE = 'application/json; charset=utf-8';

/** What this gateway serves, told by itself: long, the same for everybody, and so packed for the first who asks and kept. */
@Controller()
export class DocsHttp {
  private openApi?: Promise<PageFile>;
  private asyncApi?: Promise<PageFile>;

  constructor(@Inject(ENDPOINTS) private readonly endpoints: readonly DeclaredEndpoint[]) {}

  @Get('/api/openapi.json')
  async openapi(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.openApi ??= fileOf(openApiDocument(this.endpoints));
    sendFile(request, reply, await this.openApi);
  }

  @Get('/api/asyncapi.json')
  async asyncapi(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.asyncApi ??= fileOf(asyncApiDocument());
    sendFile(request, reply, await this.asyncApi);
  }
}

async function fileOf(document: object): Promise<PageFile> {
  const body = Buffer.from(JSON.stringify(document));
  return { type: TYPE, ...(await packed(body, TYPE)), scripts: [], immutable: false };
}
