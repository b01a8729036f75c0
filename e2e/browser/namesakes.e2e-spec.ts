import { cleanUp } from '@atrium/testing';
import { Person } from '../support/person.ts';
import { Window } from './support/window.ts';

afterAll(cleanUp);

describe('people of one name', () => {
  it('are told apart where a host chooses who takes over', async () => {
    const [host, one, other, third] = (await Promise.all(['ann', 'ben', 'ben', 'cleo'].map((name) => Person.register(name)))) as Person[];
    for (const person of [one!, other!]) await person.do('PATCH', '/api/me', { displayName: 'Benedict' });
    await third!.do('PATCH', '/api/me', { displayName: 'Cleo' });
    const room = await host!.createRoom();
    for (const person of [one!, other!, third!]) await person.join(room);
    const ann = await Window.open();
    await ann.go('/sign-in');
    await ann.signIn(host!.user.username);
    await ann.go(`/rooms/${room.id}/leave`);
    await ann.page.getByRole('radio', { name: 'Cleo', exact: true }).waitFor();
    for (const { user } of [one!, other!]) {
      await ann.page.getByRole('radio', { name: `Benedict, @${user.username}` }).waitFor();
      await ann.page.getByText(`@${user.username}`).waitFor();
    }
  });
});
