import { ERRORS, Id, Problem, VERSION, type ErrorCode, type RequiredScope } from '@atrium/contracts';
import { z } from 'zod';
import { BYTES_TYPE, type DeclaredEndpoint } from '../http/endpoint.ts';
import { inputsOf } from './endpoint-inputs.ts';
import { JsonSchemas, type JsonSchema } from './json-schemas.ts';

/** The OpenAPI 3.1 document of the public interface, from the declarations that serve it. */
export function openApiDocument(endpoints: readonly DeclaredEndpoint[]): JsonSchema {
  const schemas = new JsonSchemas();
  const problem = schemas.of(Problem, 'output');
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[endpoint.method.toLowerCase()] = operation(endpoint, schemas, problem);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Atrium',
      version: VERSION,
      description:
        'Rooms, messages and files over HTTP. What happens live comes over the WebSocket at /ws, described in /api/asyncapi.json.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ accessToken: [] }],
    paths,
    components: {
      schemas: schemas.components,
      headers: HEADERS,
      securitySchemes: {
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        refreshCookie: { type: 'apiKey', in: 'cookie', name: 'atrium_refresh' },
      },
    },
  };
}

function operation(endpoint: DeclaredEndpoint, schemas: JsonSchemas, problem: JsonSchema): JsonSchema {
  const { body, query } = inputsOf(endpoint);
  const noun = endpoint.controller.name.replace(/Http$/, '');
  return {
    operationId: `${noun.toLowerCase()}.${endpoint.handler}`,
    tags: [noun],
    summary: endpoint.summary,
    ...(endpoint.public ? { security: [] } : { 'x-scope': endpoint.scope, description: scopeNote(endpoint.scope) }),
    parameters: parameters(endpoint, query, schemas),
    ...requestBody(endpoint, body, schemas),
    responses: { ...success(endpoint, schemas), ...refusals(endpoint, { body, query }, problem) },
  };
}

function scopeNote(scope: RequiredScope): string {
  if (scope === 'any') return 'Personal access tokens: any.';
  return scope === 'session' ? 'Personal access tokens: none; sign in.' : `Personal access tokens: with ${[scope].flat().join(' and ')}.`;
}

function parameters(endpoint: DeclaredEndpoint, query: z.ZodType | undefined, schemas: JsonSchemas): JsonSchema[] {
  const id = schemas.of(Id, 'input');
  const inPath = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: name.endsWith('Id') ? id : { type: 'string' },
  }));
  const shape = query ? (schemas.of(query, 'input') as { properties?: Record<string, JsonSchema>; required?: string[] }) : {};
  const inQuery = Object.entries(shape.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: shape.required?.includes(name) ?? false,
    schema,
  }));
  const key = { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 64 } };
  const inHeaders = (endpoint.headers ?? []).map((name) => ({ name, in: 'header', required: true, schema: { type: 'string' } }));
  return [...inPath, ...inQuery, ...inHeaders, ...(endpoint.idempotencyKey ? [key] : [])];
}

function requestBody(endpoint: DeclaredEndpoint, body: z.ZodType | undefined, schemas: JsonSchemas): JsonSchema {
  if (endpoint.multipart) {
    const file = { type: 'array', items: { type: 'string', format: 'binary' } };
    const schema = { type: 'object', properties: { file }, required: ['file'] };
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema } } } };
  }
  if (endpoint.bytes) {
    const schema = { type: 'string', format: 'binary' };
    return { requestBody: { required: true, content: { [BYTES_TYPE]: { schema } } } };
  }
  if (!body) return {};
  const schema = schemas.of(body, 'input');
  return {
    requestBody: {
      required: !body.safeParse({}).success,
      content: { 'application/json': { schema }, ...(endpoint.form && { 'application/x-www-form-urlencoded': { schema } }) },
    },
  };
}

const HEADERS = {
  'X-Request-Id': { description: 'Names this request in our logs', schema: { type: 'string' } },
  'RateLimit-Limit': { description: 'Requests a minute', schema: { type: 'integer' } },
  'RateLimit-Remaining': { description: 'Requests left in this minute', schema: { type: 'integer' } },
  'RateLimit-Reset': { description: 'Seconds until the minute is over', schema: { type: 'integer' } },
};
const headers = Object.fromEntries(Object.keys(HEADERS).map((name) => [name, { $ref: `#/components/headers/${name}` }]));

function success(endpoint: DeclaredEndpoint, schemas: JsonSchemas): JsonSchema {
  const body = bodyOf(endpoint, schemas);
  const others = Object.entries(endpoint.also ?? {}).map(([status, { means, reply }]) => {
    const own = reply === undefined ? body : reply && bodyOf({ reply }, schemas);
    return [status, { description: means, headers, ...own }] as const;
  });
  return { [endpoint.status]: { description: endpoint.summary, headers, ...body }, ...Object.fromEntries(others) };
}

function bodyOf(endpoint: Pick<DeclaredEndpoint, 'reply' | 'streams' | 'produces'>, schemas: JsonSchemas): JsonSchema {
  const content = {
    ...(endpoint.reply ? { 'application/json': { schema: schemas.of(endpoint.reply, 'output') } } : {}),
    ...(endpoint.streams ? { 'text/event-stream': { schema: { type: 'string' } } } : {}),
    ...(endpoint.produces ? { [endpoint.produces]: { schema: { type: 'string', format: 'binary' } } } : {}),
  };
  return Object.keys(content).length > 0 ? { content } : {};
}

function refusals(endpoint: DeclaredEndpoint, inputs: { body?: z.ZodType; query?: z.ZodType }, problem: JsonSchema): JsonSchema {
  const codes = new Set<ErrorCode>(endpoint.codes);
  if (!endpoint.public) codes.add('unauthenticated').add('session_revoked');
  if (!endpoint.public && endpoint.scope !== 'any') codes.add('insufficient_scope');
  if (inputs.body || inputs.query || endpoint.multipart || endpoint.idempotencyKey || endpoint.headers) codes.add('validation_failed');
  if (inputs.body || endpoint.multipart || endpoint.bytes) codes.add('malformed_request').add('unsupported_media_type');
  if (inputs.body) codes.add('payload_too_large');
  for (const code of ['rate_limited', 'internal', 'service_unavailable', 'deadline_exceeded'] as const) codes.add(code);
  const byStatus: Record<number, ErrorCode[]> = {};
  for (const code of codes) (byStatus[ERRORS[code].status] ??= []).push(code);
  const responses = Object.entries(byStatus).map(([status, known]) => {
    const schema = { allOf: [problem, { type: 'object', properties: { code: { enum: known } } }] };
    const description = known.map((code) => `\`${code}\`: ${ERRORS[code].title}`).join('\n\n');
    return [status, { description, content: { 'application/problem+json': { schema } } }];
  });
  return Object.fromEntries(responses) as JsonSchema;
}
