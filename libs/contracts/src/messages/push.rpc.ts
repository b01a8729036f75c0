import { z } from 'zod';
import { Nothing } from '../values.ts';
import { PushSubscription, PushSubscriptionChoice, PushSubscriptionInput } from './push.schema.ts';

/** Web Push (RFC 8030, 8291, 8292): devices that are told while no page is open. */
export const pushRpcs = {
  /** The public key by which push services know this server; `not_found` where the operator has set none. */
  pushKey: {
    input: Nothing,
    output: z.object({ key: z.string() }),
    idempotent: true,
    codes: ['not_found'],
    callers: { gateway: 'for-itself' },
  },
  /** Tells this device from now on, for as long as the actor's session lives. The same again renews it. */
  subscribePush: {
    input: PushSubscriptionInput,
    output: PushSubscription.extend({ isNew: z.boolean() }),
    idempotent: true,
    codes: ['not_found', 'validation_failed'],
  },
  unsubscribePush: { input: PushSubscriptionChoice, output: Nothing, idempotent: true },
} as const;
