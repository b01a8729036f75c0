import { z } from 'zod';
import { TimelineEntry, type TimelineEntryType } from '../messages/timeline.schema.ts';
import { Id, Instant, Seq } from '../values.ts';

/** What an outgoing webhook can be told of: the types of a room's log. */
export const WebhookEvent = z.enum(
  TimelineEntry.options.map(({ shape }) => shape.type.value) as [TimelineEntryType, ...TimelineEntryType[]],
);
export const WebhookEventList = z
  .array(WebhookEvent)
  .min(1)
  .max(50)
  .overwrite((events) => [...new Set(events)]);

/** Where an outgoing webhook posts. What it may resolve to is the server's to decide. */
export const WebhookUrl = z
  .url({ protocol: /^https?$/, error: 'must be an address that begins with http:// or https://' })
  .max(2000)
  .refine((text) => !URL.canParse(text) || new URL(text).username + new URL(text).password === '', {
    error: 'must not hold a user name or password: the signature says who posts',
  });

/** The header of a delivery that holds the time of the try, in seconds since 1970. */
export const WEBHOOK_TIMESTAMP_HEADER = 'x-atrium-timestamp';
/** The header that holds `sha256=` and the HMAC-SHA256, in hexadecimal, of the timestamp, a dot and the body. */
export const WEBHOOK_SIGNATURE_HEADER = 'x-atrium-signature';
/** The header by which a receiver knows a delivery that comes again. */
export const WEBHOOK_DELIVERY_HEADER = 'x-atrium-delivery';
export const WEBHOOK_EVENT_HEADER = 'x-atrium-event';

/** The body that an outgoing webhook posts. */
export const WebhookPayload = z
  .object({ webhookId: Id, roomId: Id, event: WebhookEvent, entry: TimelineEntry })
  .meta({ id: 'WebhookPayload' });
export type WebhookPayload = z.output<typeof WebhookPayload>;

export const WebhookTry = z
  .object({
    at: Instant,
    milliseconds: z.int(),
    /** What was answered; null when nothing was. */
    status: z.int().nullable(),
    /** The beginning of what was answered. */
    answer: z.string(),
    /** Why it did not arrive; null when it did. */
    error: z.string().nullable(),
  })
  .meta({ id: 'WebhookTry' });
export type WebhookTry = z.output<typeof WebhookTry>;

/** One thing that an outgoing webhook told, or tries to. */
export const WebhookDelivery = z
  .object({
    id: Id,
    webhookId: Id,
    event: z.string(),
    seq: Seq,
    state: z.enum(['waiting', 'delivered', 'failed']),
    /** The body, as it was sent. */
    body: z.string(),
    tries: z.array(WebhookTry),
    createdAt: Instant,
    /** When it is tried next; null once it was delivered or given up. */
    nextTryAt: Instant.nullable(),
    /** The delivery that this one sends again. */
    replayOf: Id.nullable(),
  })
  .meta({ id: 'WebhookDelivery' });
export type WebhookDelivery = z.output<typeof WebhookDelivery>;
