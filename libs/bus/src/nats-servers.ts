import type { ConnectionOptions } from '@nats-io/transport-node';

/**
 * What `NATS_URL` says: one address or several joined by commas, with a user and a password or a token before the `@`.
 * The client reads no credentials from an address, so they are taken out here; `tls://` asks for an encrypted connection.
 */
export function natsServers(natsUrl: string): Pick<ConnectionOptions, 'servers' | 'user' | 'pass' | 'token' | 'tls'> {
  const urls = natsUrl.split(',').map((part) => {
    const address = part.trim();
    return new URL(address.includes('://') ? address : `nats://${address}`);
  });
  const { username, password } = urls.find((url) => url.username !== '') ?? { username: '', password: '' };
  const [user, pass] = [decodeURIComponent(username), decodeURIComponent(password)];
  return {
    servers: urls.map(({ host }) => host),
    ...(password ? { user, pass } : username ? { token: user } : {}),
    ...(urls.some(({ protocol }) => protocol === 'tls:') ? { tls: {} } : {}),
  };
}
