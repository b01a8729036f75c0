import type { Cast } from './cast.ts';
import type { Place } from './place.ts';

/** What changes by itself: when somebody was seen, whether they are there now. */
const RESTLESS = new Set(['onlineCount', 'status', 'lastUsedAt', 'lastSeenAt', 'typing', 'requestId']);

const OF_A_ROOM = [
  '',
  '/members?limit=100',
  '/events?after=0&limit=100',
  '/bans',
  '/audit?limit=100',
  '/invites',
  '/lobby',
  '/files',
  '/pins',
  '/keywords',
  '/webhooks',
  '/threads?filter=all',
  '/ask',
  '/reminders',
];
const OF_A_PERSON = ['', '/tokens', '/preferences', '/saved', '/notifications', '/credits', '/two-factor'];
const OF_THE_SYSTEM = ['/files?limit=100', '/audit?limit=100'];

/** Everything that a refused act could have changed, as those see it who see it all. */
export async function fingerprint(cast: Cast, places: readonly Place[]): Promise<unknown> {
  const { host, admin, target, spare, member } = cast.people;
  const rooms = places.flatMap((place) => OF_A_ROOM.map((path) => [host, `/api/rooms/${place.room.id}${path}`] as const));
  const people = [host, admin, target, spare, member].flatMap((person) => OF_A_PERSON.map((path) => [person, `/api/me${path}`] as const));
  const accounts = [target, spare].map((person) => [admin, `/api/admin/users/${person.id}`] as const);
  const system = OF_THE_SYSTEM.map((path) => [admin, `/api/admin${path}`] as const);
  const asked = [...rooms, ...people, ...accounts, ...system];
  const replies = await Promise.all(
    asked.map(async ([person, path]) => [`${person.user.displayName} ${path}`, settled(await person.do<unknown>('GET', path))] as const),
  );
  return Object.fromEntries(replies);
}

/** An address names the gateway that was asked for it. */
const OF_A_GATEWAY = /^http:\/\/(localhost|127\.0\.0\.1):\d+(?=\/)/;

function settled(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(OF_A_GATEWAY, '');
  if (Array.isArray(value)) return value.map(settled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, inner]) => (RESTLESS.has(name) ? [] : [[name, settled(inner)]])));
}
