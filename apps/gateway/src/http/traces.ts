import { because, beginTrace, isTracing, traceIdOf, type Cause, type OpenSpan } from '@atrium/bus';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

type Traced = { span: OpenSpan; cause: Cause; ended: boolean };

/** Has requests begin a trace, or go on with that of who makes them. Nothing at all while this process traces nothing. @param share of all requests */
export function traceRequests(fastify: FastifyInstance, share: number): void {
  if (!isTracing()) return;
  fastify.addHook('onRequest', (request, _reply, done) => {
    const traced = begin(request, share);
    if (!traced) return done();
    tracedRequests.set(request, traced);
    because(traced.cause, done);
  });
  // A body is read as its bytes come, which is outside of all that goes before.
  fastify.addHook('preHandler', (request, _reply, done) => {
    const traced = tracedRequests.get(request);
    if (traced) because(traced.cause, done);
    else done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    end(request, reply);
    done();
  });
  fastify.addHook('onRequestAbort', (request, done) => {
    end(request);
    done();
  });
}

/** For the line of a request, which is written when its answer has gone. */
export function traceIdOfRequest(request: FastifyRequest): string | undefined {
  const traced = tracedRequests.get(request);
  return traced && traceIdOf(traced.span.traceparent);
}

const tracedRequests = new WeakMap<FastifyRequest, Traced>();

function begin(request: FastifyRequest, share: number): Traced | undefined {
  const { method, id: requestId } = request;
  const route = request.routeOptions.url;
  // What is looked after the process with, and files of the page, are no work of anybody's.
  if (!route?.startsWith('/api/')) return undefined;
  const { traceparent } = request.headers;
  const attributes = { 'http.request.method': method, 'http.route': route, 'atrium.request_id': requestId };
  const span = beginTrace(
    { name: `${method} ${route}`, kind: 'server', attributes },
    { traceparent: typeof traceparent === 'string' ? traceparent : undefined, share },
  );
  return span && { span, cause: { requestId, traceparent: span.traceparent }, ended: false };
}

/** @param reply undefined where the client has gone; one that goes while it is answered brings both */
function end(request: FastifyRequest, reply?: FastifyReply): void {
  const traced = tracedRequests.get(request);
  if (!traced || traced.ended) return;
  traced.ended = true;
  if (!reply) return traced.span.end({ error: { name: 'aborted' } });
  const attributes = { 'http.response.status_code': reply.statusCode };
  traced.span.end(reply.statusCode >= 500 ? { attributes, error: { name: String(reply.statusCode) } } : { attributes });
}
