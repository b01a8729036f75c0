import { Controller, Get, Header } from '@nestjs/common';
import { asyncApiDocument } from './asyncapi.ts';
import { openApiDocument } from './openapi.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** What this gateway serves, told by itself. */
@Controller()
export class DocsHttp {
  private readonly openApi = JSON.stringify(openApiDocument());
  private readonly asyncApi = JSON.stringify(asyncApiDocument());

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
