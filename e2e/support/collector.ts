import { createServer, type IncomingMessage } from 'node:http';

/** A span as the processes of the stack export it. */
export type Span = {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  name: string;
  endedAt: bigint;
  attributes: Record<string, unknown>;
  links: string[];
};

type Attribute = { key: string; value: Record<string, unknown> };
type Exported = {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: {
      spans: {
        traceId: string;
        spanId: string;
        parentSpanId?: string;
        name: string;
        endTimeUnixNano: string;
        attributes: Attribute[];
        links?: { traceId: string }[];
      }[];
    }[];
  }[];
};

/** What the stack under test traces arrives here, by OTLP over HTTP with JSON. */
export class Collector {
  readonly spans: Span[] = [];

  private readonly server = createServer((request, response) => {
    void read(request).then((text) => {
      this.spans.push(...spansIn(JSON.parse(text) as Exported));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });

  /** Listens where the stack was told to send traces. */
  static async start(): Promise<Collector> {
    const endpoint = process.env['ATRIUM_TRACES'];
    if (!endpoint) throw new Error('ATRIUM_TRACES is not set: give the OTEL_EXPORTER_OTLP_ENDPOINT that the stack was started with');
    const { port, hostname } = new URL(endpoint);
    const collector = new Collector();
    await new Promise<void>((resolve, reject) => collector.server.once('error', reject).listen(Number(port), hostname, resolve));
    return collector;
  }

  of(traceId: string): Span[] {
    return this.spans.filter((span) => span.traceId === traceId);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

const valuesOf = (attributes: Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]])) as Record<string, unknown>;

function spansIn({ resourceSpans }: Exported): Span[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(valuesOf(resource.attributes)['service.name']);
    return scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        service,
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId || undefined,
        name: span.name,
        endedAt: BigInt(span.endTimeUnixNano),
        attributes: valuesOf(span.attributes),
        links: (span.links ?? []).map(({ traceId }) => traceId),
      })),
    );
  });
}
