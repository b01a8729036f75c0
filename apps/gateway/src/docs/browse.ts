import type { INestApplication } from '@nestjs/common';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { openApiDocument } from './openapi.ts';

/** The document for people, at /api/docs. */
export function browseDocs(app: INestApplication): void {
  SwaggerModule.setup('/api/docs', app, () => openApiDocument() as unknown as OpenAPIObject, { raw: false, customSiteTitle: 'Atrium API' });
}
