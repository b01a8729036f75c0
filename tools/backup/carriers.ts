import { STREAMS, natsServers } from '@atrium/bus';
import { redisAddress } from '@atrium/service-kit';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Redis } from 'ioredis';

/** What services keep in Redis: jobs of extraction, who is there, who types, limits, notes of the gateway. */
const KEYS = ['bull:*', '{presence}:*', 'typing:*', 'limit:*', 'idempotency:*'];
const BATCH = 500;

/**
 * Removes the streams with all that waits in them. Services make them anew, and send again what their outboxes hold: under
 * the same ids, which the old streams would take for repeats.
 */
export async function forgetStreams(natsUrl: string): Promise<void> {
  const connection = await connect(natsServers(natsUrl));
  try {
    const { streams } = await jetstreamManager(connection);
    for await (const name of streams.names()) if (name in STREAMS) await streams.delete(name);
  } finally {
    await connection.close();
  }
}

/** Files that are not extracted yet are queued again when their service starts; everything else is told anew. */
export async function emptyRedis(redisUrl: string): Promise<void> {
  const redis = new Redis({ ...redisAddress(redisUrl), lazyConnect: true });
  await redis.connect();
  try {
    for (const match of KEYS) {
      for await (const keys of redis.scanStream({ match, count: BATCH }) as AsyncIterable<string[]>)
        if (keys.length > 0) await redis.unlink(keys);
    }
  } finally {
    redis.disconnect();
  }
}
