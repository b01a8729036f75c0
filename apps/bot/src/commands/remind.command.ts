import { type Command, type Reminder, type TimeFault, type TimeRead } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { RemindersService } from '../reminders/reminders.service.ts';
import { timeText, type Clock } from '../when/clock.ts';
import { readComingTime } from '../when/read-time.ts';
import { repeatText, type Repeat } from '../when/repeat.ts';
import { BotCommand, EVERYONE, type Ask, type CommandAnswer } from './command.ts';
import { CommandsAccess } from './commands.access.ts';
import { argumentFault } from './members.ts';
import { plainText } from './plain-text.ts';
import { i18n } from '../words/words.ts';

const LONGEST = 500;
/** As far ahead as Slack takes a reminder: further is a slip of the keys. */
const MOST_YEARS = 5;
/** More would hide the list. */
const MOST_BUTTONS = 5;
const SETTING = [null, 'me', 'room'];

/** `/remind`: says something again later, to the asker or to the room. */
@Injectable()
export class RemindCommand extends BotCommand {
  get description(): Command {
    return {
      name: 'remind',
      description: i18n.t('Reminds you, or the room, at a time; lists and cancels your reminders.'),
      usage: i18n.t('/remind [me | room] <when> <what> · /remind list · /remind cancel <number>'),
      arguments: [
        {
          name: 'whom',
          label: i18n.t('whom'),
          description: i18n.t('whom to remind, or what to do'),
          type: 'choice',
          choices: ['me', 'room', 'list', 'cancel'],
          required: false,
        },
        {
          name: 'number',
          label: i18n.t('number'),
          description: i18n.t('the number that /remind list shows'),
          type: 'number',
          min: 1,
          required: true,
          where: { argument: 'whom', says: ['cancel'] },
        },
        {
          name: 'when',
          label: i18n.t('when'),
          description: i18n.t('"in 20 min", "tomorrow 9", "friday 14:30" or "every Monday 9:00"'),
          type: 'time',
          required: true,
          where: { argument: 'whom', says: SETTING },
        },
        {
          name: 'what',
          label: i18n.t('what'),
          description: i18n.t('what to be reminded of'),
          type: 'text',
          required: true,
          where: { argument: 'whom', says: SETTING },
        },
      ],
      allowedRoles: EVERYONE,
    };
  }

  constructor(
    private readonly reminders: RemindersService,
    private readonly access: CommandsAccess,
  ) {
    super();
  }

  override readTime(text: string, clock: Clock): TimeRead | TimeFault {
    const read = readComingTime(text, clock);
    if ('fault' in read || read.at <= DateTime.fromJSDate(clock.now).plus({ years: MOST_YEARS }).toJSDate()) return read;
    return {
      fault: i18n.t('is {time}, and a reminder may be set at most {years} years ahead', {
        time: timeText(read.at, clock),
        years: MOST_YEARS,
      }),
    };
  }

  async answer(ask: Ask): Promise<CommandAnswer> {
    if (ask.values['whom'] === 'list') return this.list(ask);
    if (ask.values['whom'] === 'cancel') return this.cancel(ask);
    return this.set(ask);
  }

  private async list({ asker, roomId, now }: Ask): Promise<CommandAnswer> {
    const open = openOf(await this.reminders.list(asker.userId, roomId));
    return () => ({
      body: renderReminders(open, now),
      buttons: open
        .slice(0, MOST_BUTTONS)
        .map(({ number }) => ({ label: i18n.t('Cancel {number}', { number }), command: `/remind cancel ${number}` })),
    });
  }

  private async set({ id, roomId, room, asker, parentId, values, now, timeZone: own }: Ask): Promise<CommandAnswer> {
    const when = values['when'] as TimeRead;
    const timeZone = when.timeZone ?? own;
    const text = String(values['what']).replace(/^(to|that|about)\s+/i, '');
    if ([...text].length > LONGEST) throw argumentFault('what', i18n.t('may have at most {most} characters', { most: LONGEST }));
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
    return () => {
      const first = timeText(when.at, { now, timeZone });
      const time = repeat
        ? i18n.t('{repeats}, first {first}', { repeats: `${repeatText(repeat, when.at, timeZone)} (${timeZone})`, first })
        : first;
      const told = { time, text: plainText(text) };
      const said = forRoom ? i18n.t('I will remind the room {time}: {text}', told) : i18n.t('I will remind you {time}: {text}', told);
      const command = `/remind cancel ${reminder.number}`;
      const takeBack = i18n.t('{command} takes it back.', { command: `\`${command}\`` });
      return { body: `${said}\n\n${takeBack}`, buttons: [{ label: i18n.t('Cancel'), command }] };
    };
  }

  private async cancel({ roomId, asker, values }: Ask): Promise<CommandAnswer> {
    const number = Number(values['number']);
    const gone = await this.reminders.cancelByNumber(asker.userId, roomId, number);
    if (!gone) throw argumentFault('number', i18n.t('is none of your reminders in this room: /remind list shows them'));
    return () => ({ body: i18n.t('Reminder {number} is cancelled.', { number }) });
  }
}

const openOf = (reminders: readonly Reminder[]): Reminder[] =>
  reminders.filter((reminder) => reminder.firedAt === null || reminder.repeats !== null);

function renderReminders(open: readonly Reminder[], now: Date): string {
  if (open.length === 0) return i18n.t('You have no reminders in this room.');
  const lines = open.map(({ number, text, dueAt, repeats, timeZone, forRoom }) => {
    const time = timeText(new Date(dueAt), { now, timeZone });
    return `- **${number}** ${time}${repeats === null ? '' : `, ${repeats}`}${forRoom ? `, ${i18n.t('for the room')}` : ''}: ${plainText(text)}`;
  });
  return `**${i18n.t('Your reminders in this room')}**\n\n${lines.join('\n')}`;
}
