import type { Answer, FileRecord, Message, Room } from '@atrium/contracts';
import { BOILER_FACTS, aPdf } from '../../support/documents.ts';
import { Person } from '../../support/person.ts';

export const HOUSE_PASSWORD = 'open sesame';

/** A room with something of everything in it, and one that its host still has to join. */
export type LivedIn = { host: Person; room: Room; root: Message; manual: FileRecord; torn: FileRecord; elsewhere: Room };

const LONG_CODE = Array.from({ length: 24 }, (_, i) => `const valve${i} = open(${i}); // every number names a place`).join('\n');
const RICH = [
  'The plan, **as agreed** with @ben and [the yard](https://example.org/a/very/long/address/that/has/to/break/somewhere/on/a/narrow/screen):',
  '- [x] drain the boiler\n- [ ] read `pressure.log`\n- [ ] ~~guess~~ measure',
  '> Steam does not forgive.',
  `\`\`\`ts\n${LONG_CODE}\n\`\`\``,
  '| valve | turns | remark |\n| --- | --- | --- |\n| north | 12 | stiff, and it has been so since the winter before last |\n| south | 3 | new |',
].join('\n\n');

export async function aLivedInRoom(): Promise<LivedIn> {
  const [host, ben, cleo] = (await Promise.all(['ann', 'ben', 'cleo'].map((name) => Person.register(name)))) as [Person, Person, Person];
  await Promise.all([call(host, 'Ann Other'), call(ben, 'Benedict Annan-Featherstonehaugh of Lower Wapping'), call(cleo, 'Cleo')]);
  const [room, elsewhere] = await Promise.all([
    host.createRoom({ name: 'Boiler house', topic: 'Steam and its consequences, which are many and not always where one looks for them' }),
    ben.createRoom({ name: 'The room next door', topic: 'Quiet, please', password: HOUSE_PASSWORD }),
  ]);
  // In an order, which the audit log shows.
  await cleo.join(room);
  await ben.join(room);
  await host.do('PATCH', `/api/rooms/${room.id}/members/${cleo.id}`, { role: 'moderator' });
  const manual = await host.settled(
    await host.upload(room, 'boiler manual, second edition, with the corrections of May.pdf', await aPdf(BOILER_FACTS)),
  );
  const torn = await ben.settled(await ben.upload(room, 'torn.pdf', '%PDF-1.7 and nothing more'));
  const root = await ben.say(room, 'Is anybody there? The gauge in the north wing has been trembling since noon.');
  await host.say(room, 'Two of us now.', { parentId: root.id });
  await cleo.say(room, 'Three.', { parentId: root.id });
  await host.do('POST', `/api/rooms/${room.id}/messages/${root.id}/pin`);
  for (const person of [host, cleo])
    await person.do('PUT', `/api/rooms/${room.id}/messages/${root.id}/reactions/${encodeURIComponent('👀')}`);
  await ben.do('PUT', `/api/rooms/${room.id}/messages/${root.id}/reactions/${encodeURIComponent('🔧')}`);
  await host.do('PUT', `/api/me/saved/${root.id}`);
  const mistyped = await cleo.say(room, 'I am on my weigh.');
  await cleo.do('PATCH', `/api/rooms/${room.id}/messages/${mistyped.id}`, { body: 'I am on my way.' });
  const regretted = await ben.say(room, 'It was the cat.');
  await ben.do('DELETE', `/api/rooms/${room.id}/messages/${regretted.id}`);
  await host.say(room, RICH);
  await host.say(room, 'This is the one to read first.', { fileIds: [manual.id] });
  await cleo.say(room, 'Reading it.');
  await host.do<Answer>('POST', `/api/rooms/${room.id}/files/${manual.id}/chat`, {
    question: 'Who installed the boiler in the north wing?',
  });
  await host.do<Answer>('POST', `/api/rooms/${room.id}/files/${manual.id}/chat`, {
    question: 'Which penguin won the chess tournament in Lisbon?',
  });
  await host.do<Answer>('POST', `/api/rooms/${room.id}/ask`, { question: 'When was the boiler in the north wing installed?' });
  return { host, room, root, manual, torn, elsewhere };
}

const call = (person: Person, displayName: string): Promise<unknown> => person.do('PATCH', '/api/me', { displayName });
