import type { User } from '@atrium/contracts';
import { useEffect } from 'react';
import { live } from '../live/live.ts';
import { useConnection } from '../live/use-live.ts';

/** Nobody tells us how others see us, so we say it: chosen by hand, or whether the line is up. */
export function useOwnStatus(me: User): void {
  const connection = useConnection();
  const online = connection.name === 'online';
  useEffect(() => {
    live.people.setStatus(me.id, !online ? 'offline' : me.presence === 'auto' ? 'online' : me.presence);
  }, [me.id, me.presence, online]);
}
