import { z } from 'zod';
import { Id, Instant } from '../values.ts';

const base64url = (bytes: number) =>
  z.string().regex(new RegExp(`^[\\w-]{${Math.ceil((bytes * 4) / 3)}}=*$`), { error: `must be ${bytes} bytes in base64url` });

const Endpoint = z.url({ protocol: /^https?$/, error: 'must be the address of a push service' }).max(2048);

/** A subscription to Web Push as browsers give it: `PushSubscription.toJSON()`. */
export const PushSubscriptionInput = z
  .object({
    endpoint: Endpoint,
    expirationTime: z.number().nullish(),
    keys: z.object({ p256dh: base64url(65), auth: base64url(16) }),
    /** In which the device is told; English without it, and where it is not spoken here. */
    language: z
      .string()
      .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, { error: 'must be a tag of a language, such as de' })
      .max(35)
      .optional(),
  })
  .meta({ id: 'PushSubscriptionInput' });
export type PushSubscriptionInput = z.output<typeof PushSubscriptionInput>;

/** A device that is told while no page is open. */
export const PushSubscription = z.object({ id: Id, endpoint: z.string(), createdAt: Instant }).meta({ id: 'PushSubscription' });
export type PushSubscription = z.output<typeof PushSubscription>;

/** Which of the caller's subscriptions; all of them without it. */
export const PushSubscriptionChoice = z.object({ endpoint: Endpoint.optional() });

/** What a device is sent, encrypted for it alone. It shows `title` and `body` as they are. */
export const PushMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('notification'),
    title: z.string(),
    body: z.string(),
    /** The message: a second one of it takes the place of the first. */
    tag: Id,
    /** Where a click leads, as a path of the page. */
    url: z.string(),
    /** How many notifications are unread. */
    unread: z.int(),
    silent: z.boolean(),
  }),
  /** These were read elsewhere, or are gone: the device closes them. */
  z.object({ type: z.literal('read'), tags: z.array(Id), unread: z.int() }),
]);
export type PushMessage = z.output<typeof PushMessage>;
