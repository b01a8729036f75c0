import { AppError, bot, type CommandReply } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import type { TestRoom } from '../../test/a-room.ts';
import { aBotService, type BotStack } from '../../test/bot-stack.ts';

let stack: BotStack;
let room: TestRoom;
let ann: string;
let ben: string;

const startIn = async (language: 'en' | 'vi') => {
  stack = await aBotService({ BOT_LANGUAGE: language });
  room = stack.rooms.make({ name: 'Garden' });
  ann = room.join('Ann', 'host');
  ben = room.join('Ben');
};
afterAll(cleanUp);

const run = (text: string, languages?: string): Promise<CommandReply> =>
  stack.bus.callWith(bot.run, { roomId: room.id, text }, { actorId: ben, ...(languages !== undefined && { languages }) });
const refused = async (text: string, languages?: string): Promise<AppError> => {
  const outcome = await run(text, languages).catch((error: unknown) => error);
  if (!(outcome instanceof AppError)) throw new Error(`${text} was not refused`);
  return outcome;
};

describe('What the bot says to one person', () => {
  beforeAll(() => startIn('vi'));

  it('is in English for who says nothing of a language', async () => {
    expect((await run('/help')).note?.body).toContain('What I can do');
    expect((await run('/status', 'fr,*')).note?.body).toContain('Host: nobody');
  });

  it('is in the language that they ask for', async () => {
    const { note } = await run('/help', 'fr,de-CH,en');
    expect(note?.body).toMatch(/Was ich kann[\s\S]*`\/poll [^`]+` – Stellt dem Raum eine Frage/);
    const { items } = await stack.bus.callWith(bot.commands, { roomId: room.id }, { actorId: ben, languages: 'vi' });
    expect(items.find(({ name }) => name === 'who')?.description).toBe('Cho biết ai ở trong phòng này và ai đang trực tuyến.');
    expect(items.find(({ name }) => name === 'ask')).toMatchObject({
      usage: '/ask <câu hỏi>',
      arguments: [{ name: 'question', label: 'câu hỏi' }],
    });
    expect((await run('/help dm', 'de')).note?.body).toMatch(
      /`\/dm <Mitglied> \[Nachricht\]`[\s\S]*\*\*Mitglied\*\*: [\s\S]*\*\*Nachricht\*\* /,
    );
  });

  it('is in the language that they chose once where they ask for none', async () => {
    stack.rooms.languages.set(ben, 'de');
    expect((await run('/files')).note?.links).toMatchObject([{ label: 'Alle Dateien' }]);
    expect((await run('/files', 'en')).note?.links).toMatchObject([{ label: 'All files' }]);
    stack.rooms.languages.delete(ben);
  });

  it('is in their language also where it is that they wrote a command wrong', async () => {
    const missing = await refused('/remind in 20 min', 'de');
    expect(missing).toMatchObject({
      code: 'validation_failed',
      data: { errors: [{ path: 'what', message: 'fehlt: woran erinnert werden soll' }] },
    });
    expect(missing.detail).toBe(
      'was fehlt: woran erinnert werden soll. So wird es geschrieben: /remind [me | room] <wann> <was> · /remind list · /remind cancel <Nummer>',
    );
    expect(await refused('/sumary', 'de')).toMatchObject({ code: 'unknown_command', data: { nearest: ['/summary'] } });
    expect((await refused('/sumary', 'de')).detail).toContain('Meintest du /summary?');
    expect((await refused('/poll Lunch?', 'de')).detail).toContain('mindestens zwei Möglichkeiten');
  });

  it('is a reminder in the language in which it was set', async () => {
    await run('/remind in 1 second Tee', 'de');
    const { items } = await stack.bus.callWith(bot.reminders, { roomId: room.id }, { actorId: ben, languages: 'de' });
    expect(items).toMatchObject([{ text: 'Tee' }]);
    const row = () => stack.database.query<{ language: string }>('select language from bot.reminders where user_id = $1', [ben]);
    expect((await row())[0]?.language).toBe('de');
    await waitFor(async () => (await stack.database.query('select 1 from bot.reminders where fired_at is not null')).length > 0);
  });
});

describe('What the bot says to a whole room', () => {
  beforeAll(() => startIn('vi'));

  it('is in the language of the server, whatever the asker reads', async () => {
    await room.say(ann, 'We decided to plant roses.');
    expect((await run('/summary last 10 --public', 'de')).message?.body).toMatch(
      /Ben đã hỏi `\/summary last 10 --public`[\s\S]*\*\*Tóm tắt\*\* 1 tin nhắn đến đây[\s\S]*roses/,
    );
    expect((await run('/summary last 10', 'de')).note?.body).toContain('**Zusammenfassung**: 1 Nachricht bis hierher');
    expect((await run('/poll Lunch? | Pizza | Soup', 'de')).message?.body).toContain('**Thăm dò của Ben**: Lunch?');
    expect((await run('/help --public', 'de')).message?.body).toContain('Tôi làm được gì');
  });

  it('is so too where a command was posted', async () => {
    await room.say(ben, '/who');
    await waitFor(() => room.posts.some(({ body }) => body.includes('**Ngoại tuyến**') || body.includes('**Trực tuyến**')));
    await room.say(ben, '/summary last 0');
    await waitFor(() => room.posts.some(({ body }) => body.includes('phải là số nguyên từ 1')));
  });
});
