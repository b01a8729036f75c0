import type { Connection } from '../sockets/connection.ts';
import { Connections } from '../sockets/connections.ts';
import { UnheardPresence } from './unheard-presence.ts';

const [DIRECT, OTHER] = ['0190a000-0000-7000-8000-00000000000a', '0190a000-0000-7000-8000-00000000000b'];

describe('who comes and goes while a socket is welcomed', () => {
  const aSocket = (userId: string) => {
    const heard: string[] = [];
    const socket = {
      identity: { userId },
      rooms: new Set([DIRECT]),
      pushDroppable: (frame: Buffer) => heard.push(frame.toString()),
    } as unknown as Connection;
    return { socket, heard };
  };
  const told = (text: string, ...directRoomIds: string[]) => ({ frame: Buffer.from(text), directRoomIds });

  it('is told behind its snapshot, in the order it happened, of its own direct rooms alone', () => {
    const unheard = new UnheardPresence(new Connections());
    const { socket, heard } = aSocket('ann');
    unheard.note(told('before', DIRECT));
    unheard.keepFor(socket);
    for (const one of [told('came', DIRECT), told('elsewhere', OTHER), told('nowhere'), told('went', OTHER, DIRECT)]) unheard.note(one);
    expect(heard).toEqual([]);
    unheard.tell(socket);
    unheard.note(told('after', DIRECT));
    unheard.tell(socket);
    expect(heard).toEqual(['came', 'went']);
  });

  it('is forgotten with a socket that goes before its snapshot', () => {
    const connections = new Connections();
    const unheard = new UnheardPresence(connections);
    const { socket, heard } = aSocket('ann');
    unheard.keepFor(socket);
    connections.name(socket);
    unheard.note(told('came', DIRECT));
    connections.remove(socket);
    unheard.tell(socket);
    expect(heard).toEqual([]);
  });
});
