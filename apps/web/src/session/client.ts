import { AtriumClient } from '@atrium/client';
import { fetchOrTakeEarly, forgetEarlyRequests } from './early-requests.ts';
import { LazyOutbox } from './lazy-outbox.ts';

/** The page's one client: the refresh token stays in a cookie no script can read. */
export const client = new AtriumClient({
  baseUrl: window.location.origin,
  tokenTransport: 'cookie',
  fetch: fetchOrTakeEarly,
  outbox: new LazyOutbox(),
});
client.realtime.on('ready', forgetEarlyRequests);
