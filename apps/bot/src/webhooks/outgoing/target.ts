import { AppError, type ParsedInputOf, type TimelineEntryType, type Webhook, type bot } from '@atrium/contracts';
import { AddressGuard, InnerAddressError } from '@atrium/service-kit';

const DEFAULT_EVENTS: TimelineEntryType[] = ['message.created'];

/** Where a new webhook posts, and what it is told of. @throws AppError `validation_failed` */
export function targetOfNew({ kind, url, events }: ParsedInputOf<typeof bot.createWebhook>, guard: AddressGuard) {
  if (kind === 'incoming') {
    refuseForIncoming({ url, events });
    return { url: null, events: [] };
  }
  if (url === undefined) throw invalid('url', 'is needed: where an outgoing webhook posts');
  requireOuter(url, guard);
  return { url, events: events ?? DEFAULT_EVENTS };
}

/** @throws AppError `validation_failed` for what a webhook of this kind has not */
export function checkChanges(
  { kind }: Pick<Webhook, 'kind'>,
  { url, events, enabled }: ParsedInputOf<typeof bot.updateWebhook>,
  guard: AddressGuard,
) {
  if (kind === 'incoming') refuseForIncoming({ url, events, enabled });
  if (url !== undefined) requireOuter(url, guard);
}

function refuseForIncoming(fields: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) throw invalid(name, 'is for outgoing webhooks alone');
}

/** A name is judged when it is resolved, each time; an address can be told at once. */
export function requireOuter(text: string, guard: AddressGuard): void {
  try {
    guard.checkHost(new URL(text));
  } catch (error) {
    if (error instanceof InnerAddressError) throw invalid('url', `is refused: ${error.message}`);
    throw error;
  }
}

const invalid = (path: string, message: string) => new AppError('validation_failed', `${path} ${message}`, { errors: [{ path, message }] });
