import { WEBHOOK_DELIVERY_HEADER, WEBHOOK_EVENT_HEADER, WEBHOOK_SIGNATURE_HEADER, WEBHOOK_TIMESTAMP_HEADER } from '@atrium/contracts';
import type { WebhookTry } from '@atrium/contracts';
import { AddressGuard, InnerAddressError } from '@atrium/service-kit';
import { createHmac } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

const TIMEOUT_MS = 10_000;
const MOST_REDIRECTS = 3;
/** As much of an answer as a log of deliveries needs. */
const ANSWER_BYTES = 1000;
/** Those that ask for the same request elsewhere, or are taken so. */
const REDIRECTS = new Set([301, 302, 307, 308]);

export type Parcel = { id: string; event: string; body: string; url: string; secret: string };
/** `hopeless`: another try would fare no better. */
export type Attempt = WebhookTry & { hopeless: boolean };
type Posting = { headers: Record<string, string>; body: string; signal: AbortSignal };

class RedirectError extends Error {}

/** Posts a delivery to where its webhook points, signed, to addresses that the guard allows alone. */
export class WebhookSender {
  private readonly timeoutMs: number;
  private readonly answerBytes: number;

  constructor(
    private readonly guard: AddressGuard,
    { timeoutMs = TIMEOUT_MS, answerBytes = ANSWER_BYTES }: { timeoutMs?: number; answerBytes?: number } = {},
  ) {
    this.timeoutMs = timeoutMs;
    this.answerBytes = answerBytes;
  }

  async send(parcel: Parcel): Promise<Attempt> {
    const startedAt = new Date();
    const took = () => ({ at: startedAt.toISOString(), milliseconds: Date.now() - startedAt.getTime() });
    const signal = AbortSignal.timeout(this.timeoutMs);
    try {
      const { status, answer } = await this.follow(new URL(parcel.url), { ...signed(parcel, startedAt), signal });
      const error = status >= 200 && status < 300 ? null : `It answered ${status}.`;
      return { ...took(), status, answer, error, hopeless: false };
    } catch (error) {
      const hopeless = error instanceof InnerAddressError || error instanceof RedirectError;
      return { ...took(), status: null, answer: '', error: signal.aborted ? this.tooLate() : reasonOf(error), hopeless };
    }
  }

  private async follow(url: URL, posting: Posting): Promise<{ status: number; answer: string }> {
    let place = url;
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      const response = await this.post(place, posting);
      const status = response.statusCode ?? 0;
      const { location } = response.headers;
      if (!REDIRECTS.has(status) || location === undefined) return { status, answer: await beginningOf(response, this.answerBytes) };
      response.destroy();
      place = nextPlace(place, location);
    }
    throw new RedirectError(`It redirects more than ${MOST_REDIRECTS} times.`);
  }

  private post(url: URL, { headers, body, signal }: Posting): Promise<IncomingMessage> {
    this.guard.checkHost(url);
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      request(url, { method: 'POST', headers, signal, agent: false, lookup: this.guard.lookup }, resolve).once('error', reject).end(body);
    });
  }

  private tooLate(): string {
    return `It did not answer within ${this.timeoutMs / 1000} seconds.`;
  }
}

/** Signed anew for each try, so that a receiver can refuse what is old. */
function signed({ id, event, body, secret }: Parcel, at: Date): Pick<Posting, 'headers' | 'body'> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'Atrium-Webhook',
    [WEBHOOK_DELIVERY_HEADER]: id,
    [WEBHOOK_EVENT_HEADER]: event,
    [WEBHOOK_TIMESTAMP_HEADER]: timestamp,
    [WEBHOOK_SIGNATURE_HEADER]: `sha256=${signature}`,
  };
  return { headers, body };
}

function nextPlace(from: URL, location: string): URL {
  if (!URL.canParse(location, from.href)) throw new RedirectError('It redirects to what is no address.');
  const to = new URL(location, from);
  if (to.protocol !== 'https:' && to.protocol !== from.protocol)
    throw new RedirectError(`It redirects to ${to.protocol}, which is not safe.`);
  return to;
}

async function beginningOf(response: IncomingMessage, mostBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > mostBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8').replaceAll('\u0000', '').toWellFormed();
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const first = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
  return first.message;
}
