import { Signals } from '@atrium/bus';
import { messageSignals, type Message, type Notification } from '@atrium/contracts';
import { afterCommit, prepared } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { NOT_CALLED, decideQuery, leftOutOf, type Occasion, type Told } from './decide-query.ts';
import { QuietPeople } from './quiet-people.ts';
import { shownOf } from './shown-of.ts';

const decide = prepared<Told>('decide who is told', decideQuery('?'));

type Shown = Pick<Message, 'id' | 'roomId' | 'seq' | 'parentId' | 'clientId' | 'body'>;
type Telling = { message: Shown; actorId: string; at: string };

/** Tells people's devices what was decided. What is lost on the way is in their list all the same. */
@Injectable()
export class Notifier {
  private readonly logger = new Logger('notifier');

  constructor(
    private readonly em: EntityManager,
    private readonly signals: Signals,
    private readonly quiet: QuietPeople,
  ) {}

  /** Decides in the transaction of a change, and tells once it is committed. All occasions are of this message and actor. */
  async decide(tx: EntityManager, occasions: readonly Occasion[], telling: Telling): Promise<void> {
    if (occasions.length === 0) return;
    const told = await decide(tx, [JSON.stringify(occasions)]);
    afterCommit(tx, () => this.tell(told, () => telling));
  }

  /** What was decided of the messages of a batch. */
  tellSent(told: readonly Told[], sent: readonly Message[]): void {
    const byId = new Map(sent.map((message) => [message.id, message]));
    const tellingOf = (messageId: string): Telling => {
      const message = byId.get(messageId)!;
      return { message, actorId: message.authorId, at: message.createdAt };
    };
    this.tell(told, tellingOf);
    for (const message of sent.filter(({ mentions }) => mentions.room)) this.callRoom(tellingOf(message.id));
  }

  /** A call of a whole room, in the transaction of a change; a message that called it before does not call again. */
  async decideRoomCall(tx: EntityManager, telling: Telling): Promise<void> {
    const { id, roomId, seq, parentId } = telling.message;
    const stored = await tx.execute<unknown[]>(
      `insert into room_calls (message_id, room_id, seq, thread_id, author_id, at, left_out)
       select t.*, ${leftOutOf('t.room_id')}
         from (values (?::uuid, ?::uuid, ?::int, ?::uuid, ?::uuid, ?::timestamptz)) as t (message_id, room_id, seq, thread_id, author_id, at)
       on conflict do nothing returning 1`,
      [id, roomId, seq, parentId ?? null, telling.actorId, telling.at],
    );
    if (stored.length > 0) afterCommit(tx, () => this.callRoom(telling));
  }

  /** Everyone in a room, but for those who are not told. */
  callRoom(telling: Telling): void {
    const { roomId, id } = telling.message;
    this.logged(async () => {
      const [call] = await this.em.fork().execute<{ userIds: string[] }[]>(NOT_CALLED, [id]);
      if (!call) return;
      const except = [telling.actorId, ...call.userIds];
      const quiet = [...(await this.quiet.inRoom(roomId))];
      this.signals.send(messageSignals.roomCalled, { except, quiet, notification: toNotification(telling, ['room']) });
    });
  }

  private tell(told: readonly Told[], tellingOf: (messageId: string) => Telling): void {
    const fresh = told.filter(({ isNew }) => isNew);
    if (fresh.length === 0) return;
    this.logged(async () => {
      const quiet = await this.quiet.among([...new Set(fresh.map(({ userId }) => userId))]);
      for (const { userId, messageId, reasons } of fresh) {
        const notification = toNotification(tellingOf(messageId), reasons);
        this.signals.send(messageSignals.notified, { userId, quiet: quiet.has(userId), notification });
      }
    });
  }

  private logged(work: () => Promise<void>): void {
    work().catch((error: unknown) => this.logger.warn(`devices were not told: ${(error as Error).message}`));
  }
}

function toNotification({ message, actorId, at }: Telling, reasons: Notification['reasons']): Notification {
  const { id, roomId, seq, parentId, clientId, body } = message;
  const place = { id, messageId: id, roomId, seq, ...(parentId !== undefined && { threadId: parentId }) };
  return { ...place, at, actorId, reasons: [...reasons], ...shownOf({ authorId: actorId, clientId, body }) };
}
