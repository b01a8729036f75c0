import type {
  Command,
  CommandCheck,
  CommandReply,
  CommandRun,
  InputOf,
  KeywordAnswer,
  OutputOf,
  Poll,
  Reminder,
  Webhook,
  WebhookDelivery,
  bot,
} from '@atrium/contracts';
import { newId } from '../ids.ts';
import { at } from './rooms.api.ts';
import type { Transport } from './transport.ts';

export type KeywordInput = Omit<InputOf<typeof bot.putKeyword>, 'roomId'>;
export type WebhookInput = Omit<InputOf<typeof bot.createWebhook>, 'roomId'>;
export type WebhookChanges = Omit<InputOf<typeof bot.updateWebhook>, 'roomId' | 'webhookId'>;

/** The room bot: what it can be asked, and what it keeps for a room. */
export class BotApi {
  constructor(private readonly http: Transport) {}

  commands(roomId: string): Promise<{ items: Command[] }> {
    return this.http.request('GET', at(roomId, 'commands'));
  }

  /** Runs a command without posting it. A repeat under the same `clientId` answers the same. */
  run(roomId: string, { clientId = newId(), timeZone = ownTimeZone(), ...input }: CommandRun): Promise<CommandReply> {
    return this.http.request('POST', at(roomId, 'commands'), { body: { ...input, clientId, timeZone } });
  }

  /** Reads a command without running it: what would be refused, and what its times mean. */
  check(roomId: string, { text, timeZone = ownTimeZone() }: Pick<CommandRun, 'text' | 'timeZone'>): Promise<CommandCheck> {
    return this.http.request('POST', at(roomId, 'commands', 'check'), { body: { text, timeZone } });
  }

  /** Polls by id, as they stand now. */
  polls(roomId: string, pollIds: readonly string[]): Promise<{ items: Poll[] }> {
    return this.http.request('GET', at(roomId, 'polls'), { query: { ids: pollIds.join(',') } });
  }

  /** The whole choice; no options take it back. */
  vote(roomId: string, pollId: string, options: readonly number[]): Promise<Poll> {
    return this.http.request('PUT', at(roomId, 'polls', pollId, 'vote'), { body: { options } });
  }

  closePoll(roomId: string, pollId: string): Promise<Poll> {
    return this.http.request('POST', at(roomId, 'polls', pollId, 'close'), { body: {} });
  }

  /** A poll's results as CSV. */
  exportPoll(roomId: string, pollId: string): Promise<Response> {
    return this.http.open('GET', at(roomId, 'polls', pollId, 'export'), {});
  }

  reminders(roomId: string): Promise<{ items: Reminder[] }> {
    return this.http.request('GET', at(roomId, 'reminders'));
  }

  /** Cancels one that is to come, or puts away one that was told. */
  cancelReminder(roomId: string, reminderId: string): Promise<void> {
    return this.http.request('DELETE', at(roomId, 'reminders', reminderId));
  }

  keywords(roomId: string): Promise<{ items: KeywordAnswer[] }> {
    return this.http.request('GET', at(roomId, 'keywords'));
  }

  putKeyword(roomId: string, input: KeywordInput): Promise<KeywordAnswer> {
    return this.http.request('PUT', at(roomId, 'keywords'), { body: input });
  }

  removeKeyword(roomId: string, keywordId: string): Promise<void> {
    return this.http.request('DELETE', at(roomId, 'keywords', keywordId));
  }

  testKeywords(roomId: string, text: string): Promise<OutputOf<typeof bot.testKeywords>> {
    return this.http.request('POST', at(roomId, 'keywords', 'test'), { body: { text } });
  }

  webhooks(roomId: string): Promise<{ items: Webhook[] }> {
    return this.http.request('GET', at(roomId, 'webhooks'));
  }

  /** The address of an incoming one, and the secret of an outgoing one, stand in this answer alone. */
  createWebhook(roomId: string, input: WebhookInput): Promise<Webhook & { url: string; secret?: string }> {
    return this.http.request('POST', at(roomId, 'webhooks'), { body: input });
  }

  changeWebhook(roomId: string, webhookId: string, changes: WebhookChanges): Promise<Webhook> {
    return this.http.request('PATCH', at(roomId, 'webhooks', webhookId), { body: changes });
  }

  removeWebhook(roomId: string, webhookId: string): Promise<void> {
    return this.http.request('DELETE', at(roomId, 'webhooks', webhookId));
  }

  /** What an outgoing webhook sent and what was answered, the latest first. */
  webhookDeliveries(roomId: string, webhookId: string, query: { cursor?: string } = {}): Promise<OutputOf<typeof bot.webhookDeliveries>> {
    return this.http.request('GET', at(roomId, 'webhooks', webhookId, 'deliveries'), { query });
  }

  replayDelivery(roomId: string, webhookId: string, deliveryId: string): Promise<WebhookDelivery> {
    return this.http.request('POST', at(roomId, 'webhooks', webhookId, 'deliveries', deliveryId, 'replay'), { body: {} });
  }
}

const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
