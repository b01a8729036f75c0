import { type Command, type Reminder, type TimeFault, type TimeRead } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { RemindersService } from '../reminders/reminders.service.ts';
import { timeText, type Clock } from '../when/clock.ts';
import { readComingTime } from '../when/read-time.ts';
import type { Repeat } from '../when/repeat.ts';
import { BotCommand, EVERYONE, type Ask, type CommandAnswer } from './command.ts';
import { CommandsAccess } from './commands.access.ts';
import { argumentFault } from './members.ts';
import { plainText } from './plain-text.ts';

const LONGEST = 500;
/** As far ahead as Slack takes a reminder: further is a slip of the keys. */
const MOST_YEARS = 5;
/** More would hide the list. */
const MOST_BUTTONS = 5;
const SETTING = [null, 'me', 'room'];

/** `/remind`: says something again later, to the asker or to the room. */
@Injectable()
export class RemindCommand extends BotCommand {
  readonly description: Command = {
    name: 'remind',
    description: 'Reminds you, or the room, at a time; lists and cancels your reminders.',
    usage: '/remind [me | room] <when> <what> · /remind list · /remind cancel <number>',
    arguments: [
      {
        name: 'whom',
        description: 'whom to remind, or what to do',
        type: 'choice',
        choices: ['me', 'room', 'list', 'cancel'],
        required: false,
      },
      {
        name: 'number',
        description: 'the number that /remind list shows',
        type: 'number',
        min: 1,
        required: true,
        where: { argument: 'whom', says: ['cancel'] },
      },
      {
        name: 'when',
        description: '"in 20 min", "tomorrow 9", "friday 14:30" or "every Monday 9:00"',
        type: 'time',
        required: true,
        where: { argument: 'whom', says: SETTING },
      },
      { name: 'what', description: 'what to be reminded of', type: 'text', required: true, where: { argument: 'whom', says: SETTING } },
    ],
    allowedRoles: EVERYONE,
  };

  constructor(
    private readonly reminders: RemindersService,
    private readonly access: CommandsAccess,
  ) {
    super();
  }

  override readTime(text: string, clock: Clock): TimeRead | TimeFault {
    const read = readComingTime(text, clock);
    if ('fault' in read || read.at <= DateTime.fromJSDate(clock.now).plus({ years: MOST_YEARS }).toJSDate()) return read;
    return { fault: `is ${timeText(read.at, clock)}, and a reminder may be set at most ${MOST_YEARS} years ahead` };
  }

  async answer(ask: Ask): Promise<CommandAnswer> {
    if (ask.values['whom'] === 'list') return this.list(ask);
    if (ask.values['whom'] === 'cancel') return this.cancel(ask);
    return this.set(ask);
  }

  private async list({ asker, roomId, now }: Ask): Promise<CommandAnswer> {
    const open = openOf(await this.reminders.list(asker.userId, roomId));
    const buttons = open.slice(0, MOST_BUTTONS).map(({ number }) => ({ label: `Cancel ${number}`, command: `/remind cancel ${number}` }));
    return { body: renderReminders(open, now), buttons };
  }

  private async set({ id, roomId, room, asker, parentId, values, now, timeZone: own }: Ask): Promise<CommandAnswer> {
    const when = values['when'] as TimeRead;
    const timeZone = when.timeZone ?? own;
    const text = String(values['what']).replace(/^(to|that|about)\s+/i, '');
    if ([...text].length > LONGEST) throw argumentFault('what', `may have at most ${LONGEST} characters`);
    const forRoom = values['whom'] === 'room';
    if (forRoom) this.access.requireMayPost({ room, member: asker });
    const repeat = (when.repeats as Repeat | undefined) ?? null;
    const reminder = await this.reminders.create({
      id,
      roomId,
      userId: asker.userId,
      forRoom,
      parentId,
      text,
      dueAt: when.at,
      repeat,
      timeZone,
    });
    const time =
      reminder.repeats === null
        ? timeText(when.at, { now, timeZone })
        : `${reminder.repeats} (${timeZone}), first ${timeText(when.at, { now, timeZone })}`;
    return {
      body: `I will remind ${forRoom ? 'the room' : 'you'} ${time}: ${plainText(text)}\n\n\`/remind cancel ${reminder.number}\` takes it back.`,
      buttons: [{ label: 'Cancel', command: `/remind cancel ${reminder.number}` }],
    };
  }

  private async cancel({ roomId, asker, values }: Ask): Promise<CommandAnswer> {
    const number = Number(values['number']);
    const gone = await this.reminders.cancelByNumber(asker.userId, roomId, number);
    if (!gone) throw argumentFault('number', 'is none of your reminders in this room: /remind list shows them');
    return { body: `Reminder ${number} is cancelled.` };
  }
}

const openOf = (reminders: readonly Reminder[]): Reminder[] =>
  reminders.filter((reminder) => reminder.firedAt === null || reminder.repeats !== null);

function renderReminders(open: readonly Reminder[], now: Date): string {
  if (open.length === 0) return 'You have no reminders in this room.';
  const lines = open.map(({ number, text, dueAt, repeats, timeZone, forRoom }) => {
    const time = timeText(new Date(dueAt), { now, timeZone });
    return `- **${number}** ${time}${repeats === null ? '' : `, ${repeats}`}${forRoom ? ', for the room' : ''}: ${plainText(text)}`;
  });
  return `**Your reminders in this room**\n\n${lines.join('\n')}`;
}
