import type { Problem, RequiredScope } from '@atrium/contracts';
import { newId } from '@atrium/client';
import { request, type Reply } from '../support/person.ts';
import { PEOPLE, type Cast, type PersonRole } from './cast.ts';
import { Place, type TestContext } from './place.ts';
import { REQUESTS, usualParams, type ActRequest } from './requests.ts';
import type { Role } from './roles.ts';

type Scope = RequiredScope | undefined;

/** What the running gateway says that it serves: the scope of each route, undefined where anyone may come. */
export async function servedRoutes(): Promise<Map<string, Scope>> {
  type Operation = { 'x-scope'?: RequiredScope };
  const { body } = await request<{ paths: Record<string, Record<string, Operation>> }>('GET', '/api/openapi.json');
  const operations = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation['x-scope']] as const),
  );
  return new Map(operations);
}

/** The route of an act that may have a note on what it is done to. */
export const routeOf = (act: string): string => act.replace(/ \(.*\)$/, '');

/** Does one act as one role. @param instead what stands in the address, or is sent, instead of the usual */
export async function perform(act: string, context: TestContext, scope: Scope, instead: ActRequest = {}): Promise<Reply<Problem>> {
  const [method = '', template = ''] = routeOf(act).split(' ');
  const asked = { ...(await REQUESTS[act]?.request?.(context)), ...(instead.body !== undefined && { body: instead.body }) };
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const values: Record<string, string> = { ...(await usualParams(context, names)), ...asked.params, ...instead.params };
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? missing(act, name));
  const token = REQUESTS[act]?.withoutToken ? undefined : await context.cast.tokenOf(context.role, scope);
  return request<Problem>(method, path + (asked.query ?? ''), { token, body: asked.body, headers: asked.headers, redirect: 'manual' });
}

/** `404 room_not_found`, or the status alone of what is done. */
export const outcomeOf = ({ status, body }: Reply<Problem>): string => (status < 400 ? String(status) : `${status} ${body.code}`);
export const isDone = (outcome: string): boolean => /^[23]\d\d$|^ack$|^pong$|^ready$/.test(outcome);

function missing(act: string, name: string): never {
  throw new Error(`${act} needs a ${name}: say in requests.ts where it comes from`);
}

/** The rooms that all share, and one of their own for who would disturb the others. */
export class Places {
  private constructor(
    readonly cast: Cast,
    readonly hidden: Place,
    readonly open: Place,
  ) {}

  static async build(cast: Cast): Promise<Places> {
    const [hidden, open] = await Promise.all([Place.build(cast, 'private'), Place.build(cast, 'public')]);
    return new Places(cast, hidden, open);
  }

  shared(role: Role): TestContext {
    return this.contextIn(role === 'visitor' ? this.open : this.hidden, role);
  }

  async apart(role: Role, others: readonly PersonRole[] = []): Promise<TestContext> {
    const present = PEOPLE.filter((one) => one === role || others.includes(one));
    return this.contextIn(await Place.build(this.cast, role === 'visitor' ? 'public' : 'private', present), role);
  }

  private contextIn(place: Place, role: Role): TestContext {
    return { place, cast: this.cast, role, me: this.cast.person(role) };
  }
}

/** A room that nobody has made. */
export const NOWHERE = newId();

/** Does all of it, so many at a time. */
export async function inTurns<T>(items: readonly T[], atOnce: number, act: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
