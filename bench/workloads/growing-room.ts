import type { AtriumTarget } from '../load/atrium-target.ts';
import type { Seat } from '../load/seats.ts';
import { scale, type ScaleColumn, type ScaleProbe } from './scale.ts';

/** One of many rooms of somebody who has read nothing in it, while it grows. */
export async function growingRoom(
  atrium: AtriumTarget,
  { sizes, rooms, room, databaseUrl }: { sizes: readonly number[]; rooms: number; room: number; databaseUrl: string },
): Promise<ScaleColumn[]> {
  const reader = 1;
  await atrium.prepare(2, room + 1);
  for (let other = 0; other < rooms; other++) await atrium.placeOf(reader, other);
  const author = await atrium.placeOf(0, room);
  await atrium.placeOf(reader, room);
  let seat: Seat | undefined;
  let acked = () => {};
  let refused = (_code: string) => {};
  /** A seat for each size: filling takes longer than a token or an idle socket lives. */
  const sit = async () => {
    seat?.close();
    seat = await atrium.sit(0, room, { acked: () => acked(), refused: (code) => refused(code), delivered: () => undefined });
    return seat;
  };
  const sendFrom = (from: Seat) => () =>
    new Promise<void>((resolve, reject) => {
      acked = resolve;
      refused = (code) => reject(new Error(`a message was refused: ${code}`));
      from.send(1, 'one message more');
    });
  const messagesPath = `/api/rooms/${author.roomId}/messages`;
  const get = (path: string) => () => atrium.read(reader, path);
  const probes = async (messages: number): Promise<ScaleProbe[]> => [
    { what: 'newest 50', ask: get(`${messagesPath}?limit=50`) },
    { what: '50 around the middle', ask: get(`${messagesPath}?around=${Math.floor(messages / 2)}&limit=50`) },
    { what: '100 after the first', ask: get(`${messagesPath}?after=1&limit=100`) },
    { what: `the list of ${rooms + 1} rooms, with unread`, ask: get('/api/rooms') },
    { what: 'the room', ask: get(`/api/rooms/${author.roomId}`) },
    { what: 'threads of the room', ask: get(`/api/rooms/${author.roomId}/threads`) },
    { what: 'a socket until it is ready', ask: () => atrium.visit(reader, room) },
    { what: 'a message, sent and acknowledged', ask: sendFrom(await sit()) },
  ];
  const columns = await scale({ sizes, databaseUrl, ...author, probes });
  seat?.close();
  return columns;
}
