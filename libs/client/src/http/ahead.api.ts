import type { Draft, DraftInput, InputOf, Message, OutputOf, ScheduledMessage, messages } from '@atrium/contracts';
import { at } from './rooms.api.ts';
import type { Transport } from './transport.ts';

export type ScheduleInput = Omit<InputOf<typeof messages.schedule>, 'roomId'>;
export type ScheduleChanges = Omit<InputOf<typeof messages.reschedule>, 'id'>;

/** What this account has written and not sent yet. */
export class AheadApi {
  constructor(private readonly http: Transport) {}

  drafts(): Promise<{ items: Draft[] }> {
    return this.http.request('GET', '/api/me/drafts');
  }

  /** An empty body forgets it. With `ifVersion` it is refused with `stale_version` where something else was written meanwhile. */
  keepDraft(roomId: string, draft: DraftInput): Promise<Draft> {
    return this.http.request('PUT', at(roomId, 'draft'), { body: draft });
  }

  schedule(roomId: string, input: ScheduleInput): Promise<ScheduledMessage> {
    return this.http.request('POST', at(roomId, 'scheduled'), { body: input });
  }

  scheduled(query: { roomId?: string; cursor?: string; limit?: number } = {}): Promise<OutputOf<typeof messages.scheduled>> {
    return this.http.request('GET', '/api/me/scheduled', { query });
  }

  reschedule(id: string, changes: ScheduleChanges): Promise<ScheduledMessage> {
    return this.http.request('PATCH', `/api/me/scheduled/${id}`, { body: changes });
  }

  unschedule(id: string): Promise<void> {
    return this.http.request('DELETE', `/api/me/scheduled/${id}`);
  }

  sendScheduled(id: string): Promise<Message> {
    return this.http.request('POST', `/api/me/scheduled/${id}/send`);
  }
}
