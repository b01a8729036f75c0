import type { RequiredScope } from '../accounts/scopes.ts';
import type { ClientEvent } from './socket.schema.ts';

/** What the frames of a client ask for. A socket hears rooms with their messages, so introducing it asks for both. */
export const FRAME_SCOPES = {
  auth: ['rooms:read', 'messages:read'],
  token: ['rooms:read', 'messages:read'],
  ping: 'any',
  'message.send': 'messages:write',
  'command.run': 'messages:write',
  'interaction.answer': 'messages:write',
  typing: 'messages:write',
  read: 'messages:write',
  focus: 'rooms:read',
  presence: 'any',
} as const satisfies Record<ClientEvent, RequiredScope>;
