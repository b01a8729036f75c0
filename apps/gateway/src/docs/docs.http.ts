import { Controller, Get, Header, Inject } from '@nestjs/common';
import type { DeclaredEndpoint } from '../http/endpoint.ts';
import { asyncApiDocument } from './asyncapi.ts';
import { openApiDocument } from './openapi.ts';

/** What the documents describe: the routes that this gateway serves. */
export const ENDPOINTS = Symbol('endpoints');

const JSON_TYPE = 'application/json; charset=utf-8';

/** What this gateway serves, told by itself. */
@Controller()
export class DocsHttp {
  private readonly openApi: string;
  private readonly asyncApi = JSON.stringify(asyncApiDocument());

  constructor(@Inject(ENDPOINTS) endpoints: readonly DeclaredEndpoint[]) {
    this.openApi = JSON.stringify(openApiDocument(endpoints));
  }

  @Get('/api/openapi.json')
  @Header('content-type', JSON_TYPE)
  openapi(): string {
    return this.openApi;
  }

  @Get('/api/asyncapi.json')
  @Header('content-type', JSON_TYPE)
  asyncapi(): string {
    return this.asyncApi;
  }
}
