import type { Room } from '@atrium/contracts';
import { resume } from './welcome.socket.ts';

describe('a client that reconnects', () => {
  const room = { id: '00000000-0000-7000-8000-000000000001', epoch: 'e1', lastSeq: 1500 } as Room;
  const named = (seq: number, epoch?: string) =>
    resume(room, { rooms: { [room.id]: seq }, epochs: epoch ? { [room.id]: epoch } : undefined });

  it('is sent what it missed since the seq it names, if that is recent and of the same epoch', () => {
    expect(named(1400, 'e1')).toMatchObject({ after: 1400, reset: false });
    expect(named(500)).toMatchObject({ after: 500, reset: false });
    expect(resume(room, {})).toMatchObject({ after: 1500, reset: false });
  });

  it('is told to load a room anew when it is too far behind, ahead of the room, or of another epoch', () => {
    expect(named(499)).toMatchObject({ after: 1500, reset: true });
    expect(named(1400, 'e0')).toMatchObject({ after: 1500, reset: true });
    expect(named(1501)).toMatchObject({ after: 1500, reset: true });
  });
});
