import { AppError, type ErrorCode } from '@atrium/contracts';
import { parseBoundedJson } from '@atrium/service-kit';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import compress, { type FastifyCompressOptions } from '@fastify/compress';
import cookie from '@fastify/cookie';
import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { constants } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { OwnHosts } from './own-hosts.ts';
import { TrustedProxies } from './trusted-proxies.ts';
import type { Config } from '../config.ts';
import { BYTES_TYPE } from './endpoint.ts';
import { watchDeadlines } from './deadlines.ts';
import { sendProblem, toAppError, toProblem } from './problem.ts';
import { securityHeaders } from './security-headers.ts';

/** Of what is no endpoint and so takes none. */
const BODY_BYTES = 1024;
const SANE_REQUEST_ID = /^[\w.:/+=-]{1,100}$/;
/** How often Node looks whose headers do not come. */
const CHECK_MS = 1000;

/**
 * Data that is read, where the client takes it so: a page of messages says the same names over and over. What is small
 * gains nothing, files are sent as they are, and nothing that arrives is unpacked. Tokens and secrets are told in answer to
 * other methods, and never compressed: the length would tell of a secret next to text that others chose. Nor can another
 * site make a browser read anything here again and again, since who reads shows a token that it does not have.
 */
const COMPRESSION: FastifyCompressOptions = {
  customTypes: /^application\/(problem\+)?json/,
  threshold: 1024,
  /** An answer up to this size in one call: its stream took a third of what a page of messages costs. A page is some 25 kB. */
  syncThreshold: 65_536,
  encodings: ['br', 'gzip'],
  brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  zlibOptions: { level: 4 },
  globalDecompression: false,
};

declare module 'fastify' {
  interface FastifyRequest {
    /** Where the request comes from, as far as the proxies that we trust know. */
    address: string;
  }
}

type Settings = Pick<
  Config,
  | 'GATEWAY_TRUST_PROXY'
  | 'GATEWAY_PUBLIC_HOSTS'
  | 'GATEWAY_HEADERS_SECONDS'
  | 'GATEWAY_SILENCE_SECONDS'
  | 'GATEWAY_BODY_SECONDS'
  | 'GATEWAY_IDLE_SECONDS'
>;

function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && SANE_REQUEST_ID.test(given) ? given : uuidv7();
}

/** Fastify as the public door needs it: ids, limits, parsers, deadlines and headers before any handler. */
export async function createAdapter(settings: Settings): Promise<FastifyAdapter> {
  const headersMs = settings.GATEWAY_HEADERS_SECONDS * 1000;
  const proxies = new TrustedProxies(settings.GATEWAY_TRUST_PROXY);
  const adapter = new FastifyAdapter({
    trustProxy: proxies.trusts,
    bodyLimit: BODY_BYTES,
    genReqId: requestId,
    http: { headersTimeout: headersMs, requestTimeout: 0, connectionsCheckingInterval: Math.min(CHECK_MS, headersMs / 4) },
    requestTimeout: 0,
    keepAliveTimeout: settings.GATEWAY_IDLE_SECONDS * 1000,
    forceCloseConnections: true,
    // What the router refuses before there is a route, and the parser before there is a request.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => sendProblem(toAppError(error), request, reply),
    clientErrorHandler: refuseUnreadable,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  await fastify.register(cookie);
  fastify.addHook('onRoute', (route) => {
    if (![route.method].flat().includes('GET')) route.compress = false;
  });
  await fastify.register(compress, COMPRESSION);
  takeJson(fastify);
  fastify.decorateRequest('address', '');
  watchDeadlines(fastify, { silenceMs: settings.GATEWAY_SILENCE_SECONDS * 1000, bodyMs: settings.GATEWAY_BODY_SECONDS * 1000 });
  const hosts = new OwnHosts(settings.GATEWAY_PUBLIC_HOSTS, proxies);
  fastify.addHook('onRequest', async (request, reply) => {
    request.address = proxies.addressOf(request.raw);
    void reply.header('x-request-id', request.id).headers(securityHeaders(request));
    // What looks after this process asks it by whatever name it has for it.
    if (!request.routeOptions.url?.startsWith('/health/')) hosts.requireOwn(request.raw);
  });
  return adapter;
}

/** JSON is read here, and a form, or JSON under another name, where an endpoint takes one; a multipart body is left to whoever takes its files. */
function takeJson(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addHook('onRoute', (route) => {
    const { endpoint } = route.config ?? {};
    if (endpoint) route.bodyLimit = endpoint.maxBodyBytes;
  });
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    const text = String(body);
    // An empty body with a JSON type is what clients send for a POST without arguments; it counts as no body.
    done(null, text.trim() === '' ? undefined : parseBoundedJson(text));
  });
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (request, body, done) => {
    if (!request.routeOptions.config.endpoint?.form) return done(new AppError('unsupported_media_type'));
    // Whoever posts JSON with curl and no more sends it as a form.
    const text = String(body);
    done(null, /^\s*\{/.test(text) ? parseBoundedJson(text) : Object.fromEntries(new URLSearchParams(text)));
  });
  fastify.addContentTypeParser('text/plain', { parseAs: 'string' }, (request, body, done) => {
    if (!request.routeOptions.config.endpoint?.form) return done(new AppError('unsupported_media_type'));
    done(null, parseBoundedJson(String(body)));
  });
  fastify.addContentTypeParser('multipart/form-data', (request, _payload, done) => {
    done(request.routeOptions.config.endpoint?.multipart ? null : new AppError('unsupported_media_type'));
  });
  fastify.addContentTypeParser(BYTES_TYPE, (request, _payload, done) => {
    done(request.routeOptions.config.endpoint?.bytes ? null : new AppError('unsupported_media_type'));
  });
  fastify.addContentTypeParser(/^image\//, (request, _payload, done) => {
    done(request.routeOptions.config.endpoint?.image ? null : new AppError('unsupported_media_type'));
  });
  // Node would say "go on" by itself, before anybody knows whether the client may.
  const server = fastify.server as Server;
  server.on('checkContinue', (request, response) => server.emit('request', request, response));
}

const UNREADABLE: Record<string, ErrorCode> = { ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout', HPE_HEADER_OVERFLOW: 'headers_too_large' };

/** Answers what never became a request, and does not wait for the client to hang up. */
function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable) return void socket.destroy();
  const refusal = new AppError(UNREADABLE[error.code ?? ''] ?? 'malformed_request');
  const body = JSON.stringify(toProblem(refusal, uuidv7()));
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
    'Connection: close',
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}
