import { AppError } from '@atrium/contracts';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import cookie from '@fastify/cookie';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { sendProblem, toAppError } from './problem.ts';
import { securityHeaders } from './security-headers.ts';

/** A little less than one message of the bus holds, so that what comes in can be passed on. */
const MAX_JSON_BYTES = 1_000_000;
/** For a megabyte at most, over a bad line. */
const BODY_WITHIN_MS = 20_000;
const SANE_REQUEST_ID = /^[\w.:/+=-]{1,100}$/;

const UNREADABLE = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/** `off`, `on`, or the proxies themselves. */
function trustProxy(setting: string): boolean | string {
  return setting === 'on' ? true : setting === 'off' ? false : setting;
}

function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && SANE_REQUEST_ID.test(given) ? given : uuidv7();
}

/** Fastify as the public door needs it: ids, limits, parsers and headers before any handler. */
export async function createAdapter(trustedProxy: string): Promise<FastifyAdapter> {
  const adapter = new FastifyAdapter({
    trustProxy: trustProxy(trustedProxy),
    bodyLimit: MAX_JSON_BYTES,
    genReqId: requestId,
    requestTimeout: 0,
    keepAliveTimeout: 65_000,
    forceCloseConnections: true,
    // What the router refuses before there is a route, and the parser before there is a request.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => sendProblem(toAppError(error), request, reply),
    clientErrorHandler: (_error, socket) => {
      if (socket.writable) socket.end(UNREADABLE);
    },
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  await fastify.register(cookie);
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, parseJson);
  fastify.addContentTypeParser('multipart/form-data', (request, _payload, done) => {
    const { multipart } = request.routeOptions.config as { multipart?: boolean };
    // The handler reads the stream itself; nothing is held in memory.
    done(multipart ? null : new AppError('unsupported_media_type'));
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id).headers(securityHeaders(request));
    hurryBody(request.raw);
    done();
  });
  return adapter;
}

/**
 * Ends a request whose body does not come: held open, it costs memory before anybody knows whose it is. An upload may
 * take its time and is watched by whoever reads it.
 */
function hurryBody(request: IncomingMessage): void {
  if (request.headers['content-type']?.startsWith('multipart/')) return;
  const timer = setTimeout(() => request.complete || request.destroy(), BODY_WITHIN_MS).unref();
  request.once('close', () => clearTimeout(timer));
}

/** An empty body with a JSON type is what clients send for a POST without arguments; it counts as no body. */
function parseJson(_request: unknown, body: string | Buffer, done: (error: Error | null, value?: unknown) => void): void {
  const text = String(body);
  if (text.trim() === '') return done(null, undefined);
  try {
    done(null, JSON.parse(text));
  } catch (error) {
    done(new AppError('malformed_request', 'The body is not valid JSON', {}, { cause: error }));
  }
}
