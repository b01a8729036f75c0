import {
  pollIdOf,
  type Answer,
  type CommandReply,
  type KeywordAnswer,
  type Message,
  type Reminder,
  type Room,
  type ScheduledMessage,
  type Webhook,
} from '@atrium/contracts';
import { waitFor } from '@atrium/testing';
import type { Person } from '../support/person.ts';
import { once, PEOPLE, type Cast, type PersonRole } from './cast.ts';
import type { Role } from './roles.ts';

/** A port on which nothing listens: what is sent there is tried, and fails. */
const NOWHERE = 'http://127.0.0.1:9/';

/** When nobody is here any more. */
export const later = (): string => new Date(Date.now() + 24 * 3_600_000).toISOString();

/** Who is in the room, or was. */
const INSIDE = ['moderator', 'member', 'muted', 'banned', 'former'] as const satisfies PersonRole[];

/** A room with everybody in their roles, and whatever can be acted on in it, made when it is first asked for. */
export class Place {
  private constructor(
    readonly room: Room,
    private readonly cast: Cast,
    private readonly messages: Map<Person, Message>,
  ) {}

  /** @param present who is brought into their role, beside the host and who is acted on */
  static async build(cast: Cast, visibility: 'public' | 'private', present: readonly PersonRole[] = PEOPLE): Promise<Place> {
    const { people } = cast;
    const room = await people.host.createRoom({ visibility, lobby: true });
    const at = `/api/rooms/${room.id}`;
    const inside = [...INSIDE.filter((role) => present.includes(role)).map((role) => people[role]), people.target];
    await people.host.do('POST', `${at}/members`, { userIds: inside.map(({ id }) => id) });
    const said = await Promise.all([people.host, ...inside].map(async (person) => [person, await person.say(room, 'Here')] as const));
    const place = new Place(room, cast, new Map(said));
    await Promise.all(present.map((role) => place.bringIntoRole(role)));
    return place;
  }

  private async bringIntoRole(role: PersonRole): Promise<void> {
    const { host, moderator, muted, banned, former, waiting } = this.cast.people;
    if (role === 'moderator') await host.do('PATCH', `${this.at}/members/${moderator.id}`, { role: 'moderator' });
    if (role === 'muted') await host.do('POST', `${this.at}/members/${muted.id}/mute`, { seconds: 3600 });
    if (role === 'banned') await host.do('POST', `${this.at}/members/${banned.id}/ban`, {});
    if (role === 'former') await host.do('POST', `${this.at}/members/${former.id}/kick`, {});
    if (role === 'waiting') await waiting.do('POST', `${this.at}/join`, { inviteCode: await this.inviteCode() });
  }

  readonly inviteCode = once(async () => (await this.cast.people.host.do<{ code: string }>('POST', `${this.at}/invites`, {})).code);

  /** What this person said while they could, or else what the target said. */
  messageBy(person: Person): Message {
    return this.messages.get(person) ?? this.messages.get(this.cast.people.target)!;
  }

  get message(): Message {
    return this.messageBy(this.cast.people.target);
  }

  readonly file = once(async () => {
    const { target } = this.cast.people;
    return target.settled(await target.upload(this.room, 'harbour.txt', 'The harbour opens at six. The lighthouse was built in 1871.'));
  });

  /** What the target has begun to upload. */
  readonly upload = once(async () => {
    const headers = { 'tus-resumable': '1.0.0', 'upload-length': '9', 'upload-metadata': `filename ${btoa('tides.txt')}` };
    const begun = await this.cast.people.target.call('POST', `${this.at}/uploads`, undefined, headers);
    return begun.headers.get('location')!.split('/').at(-1)!;
  });

  /** Something that the target sends later. */
  readonly scheduled = once(async () => {
    const body = { body: 'Later', sendAt: later() };
    return (await this.cast.people.target.do<ScheduledMessage>('POST', `${this.at}/scheduled`, body)).id;
  });

  readonly answer = once(async () => {
    const { id } = await this.file();
    return this.cast.people.target.do<Answer>('POST', `${this.at}/files/${id}/chat`, { question: 'When does the harbour open?' });
  });

  readonly poll = once(async () => pollIdOf((await this.command('/poll Tea? | Yes | No')).message?.clientId)!);

  readonly reminder = once(async () => {
    await this.command('/remind in 2 hours to stretch');
    const { items } = await this.cast.people.target.do<{ items: Reminder[] }>('GET', `${this.at}/reminders`);
    return items[0]!.id;
  });

  readonly keyword = once(async () => {
    const body = { keyword: 'wifi', answer: 'Ask the harbour master' };
    return (await this.cast.people.host.do<KeywordAnswer>('PUT', `${this.at}/keywords`, body)).id;
  });

  readonly incoming = once(async () => {
    const body = { kind: 'incoming', name: 'Deploys' };
    const { id, url } = await this.cast.people.host.do<{ id: string; url: string }>('POST', `${this.at}/webhooks`, body);
    return { id, secret: url.split('/').at(-1)! };
  });

  /** An outgoing webhook, and something that it has tried to deliver. */
  readonly delivery = once(async () => {
    const { host } = this.cast.people;
    const body = { kind: 'outgoing', name: 'Archive', url: NOWHERE, events: ['message.created'] };
    const { id } = await host.do<Webhook>('POST', `${this.at}/webhooks`, body);
    await host.say(this.room, 'Tell the archive');
    const deliveries = () => host.do<{ items: { id: string }[] }>('GET', `${this.at}/webhooks/${id}/deliveries`);
    const first = await waitFor(async () => (await deliveries()).items[0], { withinMs: 30_000, what: 'a delivery' });
    return { webhookId: id, deliveryId: first.id };
  });

  private get at(): string {
    return `/api/rooms/${this.room.id}`;
  }

  private command(text: string): Promise<CommandReply> {
    return this.cast.people.target.do<CommandReply>('POST', `${this.at}/commands`, { text });
  }
}

/** What a test of the table acts with: a place, everybody in it, and the role that acts. */
export type TestContext = { place: Place; cast: Cast; role: Role; me: Person };
