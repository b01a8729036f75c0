import type { Room } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { RoomWindow } from './support/room-window.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

describe('how many are here', () => {
  let annSelf: Person;
  let benSelf: Person;
  let room: Room;

  beforeEach(async () => {
    [annSelf, benSelf] = [await Person.register('ann'), await Person.register('ben')];
    room = await annSelf.createRoom({ name: 'Lighthouse' });
    await benSelf.join(room);
  });

  async function enter(person: Person): Promise<Window> {
    const window = await Window.open();
    await window.go(`/rooms/${room.id}`);
    await window.signIn(person.user.username);
    return window;
  }

  const online = ({ header }: RoomWindow, count: number) => header.getByText(`${count} online`).waitFor();

  it('does not count who left while something else was on the screen', async () => {
    const catSelf = await Person.register('cat');
    await catSelf.join(room);
    const [ann, ben, cat] = [await enter(annSelf), await enter(benSelf), await enter(catSelf)];
    await online(new RoomWindow(ann), 3);
    await ann.page.getByRole('link', { name: 'Discover rooms' }).click();
    await ann.heading('Discover rooms').waitFor();
    await ben.page.context().close();
    // Whoever looks at the room is told, and told once.
    await online(new RoomWindow(cat), 2);
    await ann.page.goBack();
    await online(new RoomWindow(ann), 2);
  });

  it('counts who came while an answer was on its way that does not know of it', async () => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    let held = 0;
    const ann = await Window.open();
    await ann.page.route(/\/api\/rooms\/[^/]+\/members/, async (route) => {
      const response = await route.fetch();
      held += 1;
      await released;
      await route.fulfill({ response });
    });
    const told = new Promise<void>((resolve) =>
      ann.page.on('websocket', (socket) =>
        socket.on('framereceived', ({ payload }) => {
          if (String(payload).includes('"presence"') && String(payload).includes(benSelf.id)) resolve();
        }),
      ),
    );
    await ann.go(`/rooms/${room.id}`);
    await ann.signIn(annSelf.user.username);
    await waitFor(() => held > 0, { what: 'the answer that knows nothing of it', withinMs: 30_000 });
    await enter(benSelf);
    await told;
    release();
    await online(new RoomWindow(ann), 2);
  });
});
