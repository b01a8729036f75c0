import { readFileSync } from 'node:fs';
import { StrictSchemas, type Schema } from './strict-schemas.ts';

type Content = Record<string, { schema: Schema }>;
type Operation = {
  parameters: { name: string; in: string }[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
};
type OpenApi = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } };
type AsyncApi = { components: { messages: Record<string, { payload: Schema }>; schemas: Record<string, Schema> } };

export type Exchange = {
  method: string;
  url: URL;
  status: number;
  /** Media type of the answer, without parameters; empty where there is none. */
  type: string;
  /** What was answered, where it is JSON. */
  body?: unknown;
  /** What was sent, where it was JSON. */
  sent?: unknown;
};

const generated = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../docs/generated/${name}.json`, import.meta.url), 'utf8'));
const isJson = (type: string): boolean => /[/+]json$/.test(type);

/** What the documents of the public interface promise, against which whatever passes by is held. */
export class Promises {
  private readonly openApi = generated('openapi') as OpenApi;
  private readonly asyncApi = generated('asyncapi') as AsyncApi;
  private readonly http = new StrictSchemas(this.openApi.components.schemas);
  private readonly frames = new StrictSchemas(this.asyncApi.components.schemas);
  private readonly routes = Object.entries(this.openApi.paths)
    .map(([path, operations]) => ({
      path,
      fits: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}/?$`),
      operations,
      parameters: path.split('{').length,
    }))
    // `/keywords/test` fits `/keywords/{keywordId}` as well, and is served as itself.
    .sort((one, other) => one.parameters - other.parameters);

  constructor() {
    this.http.add('Problem', this.openApi.components.schemas['Problem']!);
    for (const { path, operations } of this.routes)
      for (const [method, operation] of Object.entries(operations)) this.learn(`${method.toUpperCase()} ${path}`, operation);
    for (const [name, { payload }] of Object.entries(this.asyncApi.components.messages)) this.frames.add(name, payload);
  }

  /** All that the documents tell of answers and frames, and what of it was seen. What may be sent is not counted. */
  get told(): string[] {
    return [...this.http.told, ...this.frames.told].filter((place) => !/^client\.| body\b/.test(place));
  }

  get seen(): string[] {
    return [...this.http.seen, ...this.frames.seen];
  }

  /** What is wrong with an answer, in words; nothing where it is as documented. */
  faultsOf(exchange: Exchange): string[] {
    const { method, url, status, type, body } = exchange;
    // An answer to HEAD has the headers of one to GET, and no body.
    if (method === 'HEAD') return [];
    const route = this.routes.find(({ fits }) => fits.test(url.pathname));
    const operation = route?.operations[method.toLowerCase()];
    const name = `${method} ${route?.path ?? url.pathname}`;
    const told = (fault: string | undefined): string[] => (fault === undefined ? [] : [`${name} answered ${status}: ${fault}`]);
    if (status >= 400 && isJson(type)) {
      const { code } = body as { code: string };
      return [
        ...told(type === 'application/problem+json' ? undefined : `a refusal as ${type}`),
        ...told(this.http.faults('Problem', body)),
        ...told(operation && !codesOf(operation, status).includes(code) ? `${code} is not among its codes` : undefined),
      ];
    }
    if (!operation || status === 304 || (status >= 300 && status < 400 && !operation.responses[status])) return [];
    const response = operation.responses[status];
    if (!response) return told('a status that is not documented');
    const types = Object.keys(response.content ?? {}).map((one) => one.split(';')[0]!);
    if (types.length === 0 ? type !== '' : !types.includes(type) && !types.includes('*/*')) {
      return told(`${type || 'nothing'} instead of ${types.join(' or ') || 'nothing'}`);
    }
    return [
      ...told(isJson(type) ? this.http.faults(`${name} ${status}`, body) : undefined),
      ...this.faultsOfRequest(name, operation, exchange),
    ];
  }

  /** What is wrong with a frame of the server. */
  faultsOfFrame(text: string): string[] {
    const frame = JSON.parse(text) as { event: string };
    const name = `server.${frame.event}`;
    if (!this.asyncApi.components.messages[name]) return [`${frame.event} is not a documented frame`];
    const fault = this.frames.faults(name, frame);
    return fault === undefined ? [] : [`frame ${frame.event}: ${fault}: ${text.slice(0, 500)}`];
  }

  /** What was taken must be documented as what may be sent. */
  private faultsOfRequest(name: string, operation: Operation, { url, sent }: Exchange): string[] {
    const known = operation.parameters.filter((one) => one.in === 'query').map((one) => one.name);
    const unknown = [...url.searchParams.keys()].filter((key) => !known.includes(key));
    const fault = sent === undefined || !isTold(operation) ? undefined : this.http.faults(`${name} body`, sent);
    return [
      ...unknown.map((key) => `${name} took ?${key}, which is not documented`),
      ...(fault === undefined ? [] : [`${name} took a body that is not documented: ${fault}`]),
    ];
  }

  private learn(name: string, { requestBody, responses }: Operation): void {
    const body = requestBody?.content['application/json'];
    if (body) this.http.add(`${name} body`, body.schema);
    for (const [status, { content }] of Object.entries(responses)) {
      const schema = content?.['application/json']?.schema;
      if (schema) this.http.add(`${name} ${status}`, schema);
    }
  }
}

const isTold = ({ requestBody }: Operation): boolean => requestBody?.content['application/json'] !== undefined;

function codesOf({ responses }: Operation, status: number): string[] {
  const schema = responses[status]?.content?.['application/problem+json']?.schema as
    { allOf: [Schema, { properties: { code: { enum: string[] } } }] } | undefined;
  return schema?.allOf[1].properties.code.enum ?? [];
}
