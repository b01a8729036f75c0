import { RpcClient, type CallOptions } from '@atrium/bus';
import { AdminPurge, Id, Limit, bot, files, messages, rooms } from '@atrium/contracts';
import { Controller, Query } from '@nestjs/common';
import { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';

const PurgesQuery = z.object({ roomId: Id.optional(), limit: Limit });
/** Each removes what it keeps of the room, at its own pace. */
const LEFT = { messages: messages.adminPurgesLeft, files: files.adminPurgesLeft, bot: bot.adminPurgesLeft };

/** How far the purges of rooms are. */
@Controller()
export class AdminPurgesHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/admin/purges', {
    scope: 'admin',
    summary: 'Rooms that were purged or are being so, the latest first, with what is left of each; admins only',
    reply: z.object({ items: z.array(AdminPurge) }),
    codes: rooms.adminPurges.codes,
  })
  async list(@Query({ schema: PurgesQuery }) query: z.output<typeof PurgesQuery>, @Caller() call: CallOptions) {
    const { items } = await this.rpc.call(rooms.adminPurges, query, call);
    const roomIds = items.map(({ roomId }) => roomId);
    const left = async (rpc: (typeof LEFT)[keyof typeof LEFT]) => (await this.rpc.call(rpc, { roomIds }, call)).items;
    const [inMessages, inFiles, inBot] = await Promise.all([left(LEFT.messages), left(LEFT.files), left(LEFT.bot)]);
    return {
      items: items.map(({ peopleLeft, done, ...asked }, index): AdminPurge => {
        const parts = {
          people: { done, left: peopleLeft },
          messages: partOf(inMessages[index]),
          files: partOf(inFiles[index]),
          bot: partOf(inBot[index]),
        };
        return { ...asked, done: Object.values(parts).every((part) => part.done), parts };
      }),
    };
  }
}

/** What a service does not know of is not done there. */
const partOf = (item: { done: boolean; left: number | null } | undefined) => ({ done: item?.done ?? false, left: item?.left ?? null });
