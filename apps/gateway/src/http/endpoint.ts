import type { ErrorCode, RequiredScope } from '@atrium/contracts';
import { applyDecorators, HttpCode, RequestMapping, RequestMethod, SetMetadata } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { z } from 'zod';

const METHODS = {
  GET: RequestMethod.GET,
  POST: RequestMethod.POST,
  PATCH: RequestMethod.PATCH,
  PUT: RequestMethod.PUT,
  DELETE: RequestMethod.DELETE,
  OPTIONS: RequestMethod.OPTIONS,
};
type Method = keyof typeof METHODS;

/** What a body is called that goes on at an offset. */
export const BYTES_TYPE = 'application/offset+octet-stream';

/** What a route promises beyond its inputs, which the documents read from the handler's parameters. */
export type EndpointSpec = {
  summary: string;
  /** The body of a success; absent means an empty 204. */
  reply?: z.ZodType;
  /** The status of a success: 200 with a body and 204 without, unless told. */
  status?: number;
  codes?: readonly ErrorCode[];
  /** Takes an `Idempotency-Key`. */
  idempotencyKey?: boolean;
  /** Headers that it cannot do without. */
  headers?: readonly string[];
  /** Takes `multipart/form-data` instead of JSON. */
  multipart?: boolean;
  /** With `multipart`: takes an image as the body itself, too. */
  image?: boolean;
  /** Takes bytes as they come, of `BYTES_TYPE`, which its handler reads. */
  bytes?: boolean;
  /** Takes a form (`application/x-www-form-urlencoded`) beside JSON. */
  form?: boolean;
  /** The largest body in KiB: 64 unless told. */
  bodyKiB?: number;
  /** Media type of a success that is not JSON. */
  produces?: string;
  /** Offers its reply as a stream of events as well. */
  streams?: boolean;
  /** Other answers that are no refusals: what they mean and, where it is not that of a success, their body; null for none. */
  also?: Readonly<Record<number, { means: string; reply?: z.ZodType | null }>>;
} & Access;
/** Whom a route is for. One that says neither does not compile. */
type Access =
  | {
      /** Served to anyone, signed in or not. */
      public: true;
    }
  | {
      public?: false;
      /** What it asks of a personal access token. */
      scope: RequiredScope;
    };
export type EndpointMetadata = EndpointSpec & { method: Method; path: string; status: number; multipart: boolean; maxBodyBytes: number };

declare module 'fastify' {
  interface FastifyContextConfig {
    endpoint?: EndpointMetadata;
  }
}

const BODY_KIB = 64;

export const ENDPOINT = 'atrium:endpoint';

/** One route of the public interface: routing, status, access and what the documents say, in one place. */
export function Endpoint(route: `${Method} /${string}`, spec: EndpointSpec): MethodDecorator {
  const [method, path] = route.split(' ') as [Method, string];
  const status = spec.status ?? (spec.reply || spec.produces ? 200 : 204);
  const maxBodyBytes = (spec.bodyKiB ?? BODY_KIB) * 1024;
  const metadata: EndpointMetadata = { ...spec, method, path, status, multipart: spec.multipart ?? false, maxBodyBytes };
  return applyDecorators(
    RequestMapping({ method: METHODS[method], path }),
    HttpCode(status),
    RouteConfig({ endpoint: metadata }),
    SetMetadata(ENDPOINT, metadata),
  );
}

/** The endpoint a handler was declared as, if it was. */
export function endpointOf(handler: object): EndpointMetadata | undefined {
  return Reflect.getMetadata(ENDPOINT, handler) as EndpointMetadata | undefined;
}

export type ControllerClass = new (...args: never[]) => object;
export type DeclaredEndpoint = EndpointMetadata & { controller: ControllerClass; handler: string };

/** Every route that these controllers declare with `@Endpoint`. */
export function endpointsOf(controllers: readonly ControllerClass[]): DeclaredEndpoint[] {
  return controllers.flatMap((controller) => {
    const methods = Object.getOwnPropertyDescriptors(controller.prototype as object);
    return Object.entries(methods).flatMap(([handler, { value }]) => {
      const endpoint = typeof value === 'function' ? endpointOf(value as object) : undefined;
      return endpoint ? [{ ...endpoint, controller, handler }] : [];
    });
  });
}
