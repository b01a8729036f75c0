import { z } from 'zod';
import { FactReceipt } from '../facts.ts';
import { Id, Nothing } from '../values.ts';
import { LobbyRequest, Waiting } from './lobby.schema.ts';

const refusals = ['room_not_found', 'forbidden', 'room_archived'] as const;
const about = z.object({ roomId: Id, userId: Id });

/** People at the door of a room whose lobby is on. */
export const lobbyCalls = {
  /** Who came first stands first. */
  lobby: {
    input: z.object({ roomId: Id }),
    output: z.object({ items: z.array(LobbyRequest) }),
    idempotent: true,
    codes: ['room_not_found', 'not_a_member', 'forbidden'],
  },
  admit: { input: about, output: FactReceipt, codes: [...refusals, 'not_waiting', 'room_full'] },
  deny: { input: about, output: Nothing, idempotent: true, codes: [...refusals, 'already_a_member'] },
  admitAll: {
    input: z.object({ roomId: Id }),
    output: FactReceipt.extend({ admitted: z.array(Id), waiting: z.int() }),
    timeoutMs: 5000,
    codes: [...refusals, 'room_full'],
  },
  /** What the actor waits for. */
  ownRequest: { input: z.object({ roomId: Id }), output: Waiting, idempotent: true, codes: ['not_waiting'] },
  withdrawRequest: { input: z.object({ roomId: Id }), output: Nothing, idempotent: true },
} as const;
export type LobbyCall = keyof typeof lobbyCalls;
