import { accounts } from './accounts/accounts.rpc.ts';
import { bot } from './bot/bot.rpc.ts';
import { files } from './files/files.rpc.ts';
import { messages } from './messages/messages.rpc.ts';
import { rooms } from './rooms/rooms.rpc.ts';

/** The calls of every service by the service's name. */
export const RPCS = { accounts, rooms, messages, files, bot } as const;
export type ServiceName = keyof typeof RPCS;
