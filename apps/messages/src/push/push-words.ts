import type { Notification } from '@atrium/contracts';

type Title = { actor: string; hasReacted: boolean; room: string | undefined };

/** What lock screens say, in one language. A body stands below the name of whoever did it. */
export type PushWords = {
  neutral: string;
  someone: string;
  bot: string;
  file: string;
  happened: Record<Notification['reasons'][number] | 'other', string>;
  title: (title: Title) => string;
};

const en: PushWords = {
  neutral: 'You have a new notification',
  someone: 'Someone',
  bot: 'Room bot',
  file: 'sent a file',
  happened: {
    direct: 'sent you a message',
    mention: 'mentioned you',
    moderators: 'called the moderators',
    here: 'called everyone who is online',
    room: 'called everyone in a room',
    thread: 'replied in a thread',
    reaction: 'reacted to your message',
    other: 'wrote to you',
  },
  title: ({ actor, hasReacted, room }) => `${actor}${hasReacted ? ' reacted' : ''}${room === undefined ? '' : ` in ${room}`}`,
};

const de: PushWords = {
  neutral: 'Du hast eine neue Benachrichtigung',
  someone: 'Jemand',
  bot: 'Raum-Bot',
  file: 'hat eine Datei gesendet',
  happened: {
    direct: 'hat dir eine Nachricht gesendet',
    mention: 'hat dich erwähnt',
    moderators: 'hat die Moderation gerufen',
    here: 'hat alle gerufen, die online sind',
    room: 'hat alle in einem Raum gerufen',
    thread: 'hat in einem Thread geantwortet',
    reaction: 'hat auf deine Nachricht reagiert',
    other: 'hat dir geschrieben',
  },
  title: ({ actor, hasReacted, room }) => `${actor}${hasReacted ? ' hat reagiert' : ''}${room === undefined ? '' : ` in ${room}`}`,
};

const vi: PushWords = {
  neutral: 'Bạn có thông báo mới',
  someone: 'Ai đó',
  bot: 'Bot của phòng',
  file: 'đã gửi một tệp',
  happened: {
    direct: 'đã gửi tin nhắn cho bạn',
    mention: 'đã nhắc đến bạn',
    moderators: 'đã gọi các điều phối viên',
    here: 'đã gọi mọi người đang trực tuyến',
    room: 'đã gọi mọi người trong phòng',
    thread: 'đã trả lời trong một chuỗi',
    reaction: 'đã bày tỏ cảm xúc về tin nhắn của bạn',
    other: 'đã viết cho bạn',
  },
  title: ({ actor, hasReacted, room }) => `${actor}${hasReacted ? ' đã bày tỏ cảm xúc' : ''}${room === undefined ? '' : ` trong ${room}`}`,
};

const LANGUAGES = new Map(Object.entries({ en, de, vi }));

/** @param tag of a language, as a device said it; English where it said none or one that is not spoken here */
export const pushWordsIn = (tag: string | null): PushWords => LANGUAGES.get(tag?.replace(/-.*/, '').toLowerCase() ?? 'en') ?? en;
