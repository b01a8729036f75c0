import { RouteParamtypes } from '@nestjs/common/internal';
import type { z } from 'zod';
import type { DeclaredEndpoint } from '../http/endpoint.ts';

const ROUTE_ARGUMENTS = '__routeArguments__';
type RouteArguments = Record<string, { schema?: z.ZodType }>;

/** The schemas a handler names at its parameters: the same ones that validate. */
export function inputsOf({ controller, handler }: DeclaredEndpoint): { body?: z.ZodType; query?: z.ZodType } {
  const found = (Reflect.getMetadata(ROUTE_ARGUMENTS, controller, handler) ?? {}) as RouteArguments;
  const schemaOf = (type: RouteParamtypes) =>
    Object.entries(found).find(([key, { schema }]) => schema && key.startsWith(`${type}:`))?.[1].schema;
  return { body: schemaOf(RouteParamtypes.BODY), query: schemaOf(RouteParamtypes.QUERY) };
}
