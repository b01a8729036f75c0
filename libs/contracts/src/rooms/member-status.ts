import { z } from 'zod';

export const MemberStatus = z.enum(['online', 'away', 'dnd', 'offline']);
export type MemberStatus = z.output<typeof MemberStatus>;
