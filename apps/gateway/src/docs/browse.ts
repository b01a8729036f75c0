import type { FastifyInstance } from 'fastify';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { PageFiles } from '../page/page.files.ts';
import { sendFile } from '../page/send-file.ts';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Atrium API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`;
const START = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', deepLinking: true });\n`;
const ASSETS = ['swagger-ui.css', 'swagger-ui-bundle.js'];

/** The OpenAPI document for people, at /api/docs: Swagger's page from its own package, nothing from elsewhere. */
export function browseDocs(fastify: FastifyInstance): void {
  const files = new PageFiles(dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json')));
  fastify.get('/api/docs', (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  fastify.get('/api/docs/start.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(START));
  for (const name of ASSETS) {
    fastify.get(`/api/docs/${name}`, async (request, reply) => {
      const file = await files.find(`/${name}`);
      if (!file) throw new Error(`swagger-ui-dist has no ${name}`);
      return sendFile(request, reply, file);
    });
  }
}
