import type { DirectoryUser, MemberStatus } from '@atrium/contracts';

/** What a user's connections say, all gateways and devices together. */
export type Connected = 'online' | 'away' | 'offline';

/** What others see: `away` and `dnd` set by hand win over what the connections say, as long as there is one. */
export function visibleStatus(connected: Connected, setting: DirectoryUser['presence']): MemberStatus {
  if (connected === 'offline') return 'offline';
  return setting === 'auto' ? connected : setting;
}
