import { AtriumClient } from '@atrium/client';

/** The page's one client: the refresh token stays in a cookie no script can read. */
export const client = new AtriumClient({
  baseUrl: window.location.origin,
  tokenTransport: 'cookie',
  storage: window.localStorage,
});
