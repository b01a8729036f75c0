import { AtriumClient } from '@atrium/client';
import { i18n } from '../language/i18n.ts';
import { fetchOrTakeEarly, forgetEarlyRequests } from './early-requests.ts';
import { LazyOutbox } from './lazy-outbox.ts';

/** The page's one client: the refresh token stays in a cookie no script can read. */
export const client = new AtriumClient({
  baseUrl: window.location.origin,
  tokenTransport: 'cookie',
  fetch: fetchOrTakeEarly,
  language: () => i18n.locale,
  outbox: new LazyOutbox(),
});
client.realtime.on('ready', forgetEarlyRequests);
