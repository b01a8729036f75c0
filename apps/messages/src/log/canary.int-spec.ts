import { messageEvents } from '@atrium/contracts';
import { waitFor } from '@atrium/testing';
import { MessagesStack } from '../../test/messages-stack.ts';

describe('the canary', () => {
  const stack = new MessagesStack();

  it('comes through the outbox and NATS again and again, and leaves nothing behind', async () => {
    const heard = await stack.bus.hear(messageEvents.canary);
    await waitFor(() => heard.length >= 2, { withinMs: 20_000, what: 'two canaries' });
    await waitFor(async () => (await stack.database.query('select 1 from messages.outbox')).length === 0, { what: 'an empty outbox' });
  }, 40_000);
});
