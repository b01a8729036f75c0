import type { PushMessage } from '@atrium/contracts';
import { AddressGuard, InnerAddressError } from '@atrium/service-kit';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import webPush from 'web-push';

const TIMEOUT_MS = 10_000;
/** For how long a push service keeps what a device that is off has not fetched. */
const KEPT_SECONDS = 24 * 3600;
const LONGEST_WAIT_MS = 3_600_000;

export type Device = { endpoint: string; p256dh: string; auth: string };
/**
 * `gone`: nobody can be told there any more. `refused`: this message alone cannot be. `later`: it may go better then;
 * `waitMs` where the push service says when.
 */
export type Outcome = { is: 'sent' } | { is: 'gone' } | { is: 'refused' | 'later'; why: string; waitMs?: number };

type Signing = { subject: string; publicKey: string; privateKey: string };

/** Gives a message to a device's push service, encrypted for the device and signed by this server. Follows no redirect. */
export class PushSender {
  constructor(
    private readonly guard: AddressGuard,
    private readonly signing: Signing,
  ) {}

  async send(device: Device, message: PushMessage): Promise<Outcome> {
    try {
      const response = await this.post(device, message);
      response.resume();
      return outcomeOf(response);
    } catch (error) {
      if (error instanceof InnerAddressError) return { is: 'gone' };
      return { is: 'later', why: reasonOf(error) };
    }
  }

  private post({ endpoint, p256dh, auth }: Device, message: PushMessage): Promise<IncomingMessage> {
    const url = new URL(endpoint);
    this.guard.checkHost(url);
    const subscription = { endpoint, keys: { p256dh, auth } };
    const { headers, body } = webPush.generateRequestDetails(subscription, JSON.stringify(message), {
      vapidDetails: this.signing,
      TTL: KEPT_SECONDS,
      urgency: message.type === 'notification' ? 'high' : 'normal',
      // What a push service still holds of the same message gives way to this.
      ...(message.type === 'notification' && { topic: message.tag.replaceAll('-', '') }),
    });
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return new Promise((resolve, reject) => {
      request(url, { method: 'POST', headers, signal, agent: false, lookup: this.guard.lookup }, resolve).once('error', reject).end(body);
    });
  }
}

function outcomeOf({ statusCode = 0, headers }: IncomingMessage): Outcome {
  if (statusCode >= 200 && statusCode < 300) return { is: 'sent' };
  // 404 and 410: the subscription has ended. 401 and 403: it was made for another key than ours.
  if ([401, 403, 404, 410].includes(statusCode)) return { is: 'gone' };
  const why = `it answered ${statusCode}`;
  if (statusCode === 429 || statusCode >= 500) return { is: 'later', why, ...waitOf(headers['retry-after']) };
  return { is: 'refused', why };
}

/** Seconds or a date. */
function waitOf(retryAfter: string | undefined): { waitMs?: number } {
  if (retryAfter === undefined) return {};
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.now();
  return Number.isFinite(ms) ? { waitMs: Math.min(Math.max(ms, 0), LONGEST_WAIT_MS) } : {};
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const first = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
  return first.message;
}
