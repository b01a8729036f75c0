import { CLOSE_CODES, ClientFrames, FRAME_SCOPES, ServerFrames, VERSION, type ClientEvent, type ServerEvent } from '@atrium/contracts';
import type { z } from 'zod';
import { JsonSchemas, type JsonSchema } from './json-schemas.ts';

type Frames = Record<string, z.ZodType>;

/** What the server says to a frame, with the frame's `id` where it had one. */
const ANSWERS = new Set<string>(['ack', 'error', 'pong'] satisfies ServerEvent[]);

const closeCodes = Object.entries(CLOSE_CODES)
  .map(([name, code]) => `${code} ${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`)
  .join(', ');

/** The AsyncAPI 3 document of the WebSocket, from the schemas that check its frames. */
export function asyncApiDocument(): JsonSchema {
  const schemas = new JsonSchemas();
  const sent = messages(ClientFrames, 'client', schemas);
  const received = messages(ServerFrames, 'server', schemas);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Atrium, live',
      version: VERSION,
      description: `JSON text frames {event, id?, data}, from clients with a traceparent beside them where they keep a trace. The first frame is auth, within 5 s. Close codes: ${closeCodes}.`,
    },
    channels: { ws: { address: '/ws', messages: { ...references(sent), ...references(received) } } },
    operations: {
      clientSends: { action: 'receive', channel: { $ref: '#/channels/ws' }, messages: channelReferences(sent) },
      serverPushes: { action: 'send', channel: { $ref: '#/channels/ws' }, messages: channelReferences(received) },
    },
    components: { messages: { ...sent, ...received }, schemas: schemas.components },
  };
}

function messages(frames: Frames, side: 'client' | 'server', schemas: JsonSchemas): Record<string, JsonSchema> {
  const direction = side === 'client' ? 'input' : 'output';
  return Object.fromEntries(
    Object.entries(frames).map(([event, data]) => {
      const properties = {
        event: { const: event },
        ...((side === 'client' || ANSWERS.has(event)) && { id: { type: ['string', 'number'] } }),
        ...(side === 'client' && {
          traceparent: { type: 'string', description: 'The W3C trace that it is part of, where its sender keeps one' },
        }),
        data: schemas.of(data, direction),
      };
      const payload = { type: 'object', properties, required: ['event', 'data'] };
      const scope = side === 'client' ? { 'x-scope': FRAME_SCOPES[event as ClientEvent] } : {};
      return [`${side}.${event}`, { name: event, title: event, contentType: 'application/json', ...scope, payload }];
    }),
  );
}

const references = (named: Record<string, unknown>) =>
  Object.fromEntries(Object.keys(named).map((name) => [name, { $ref: `#/components/messages/${name}` }]));
const channelReferences = (named: Record<string, unknown>) =>
  Object.keys(named).map((name) => ({ $ref: `#/channels/ws/messages/${name}` }));
