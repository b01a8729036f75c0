import { type JoinedRoom, isModerator } from '../room/joined-room.ts';
import { KeywordEditor } from './keyword-editor.tsx';
import { ReminderList } from './reminder-list.tsx';
import { WebhookEditor } from './webhook-editor.tsx';

/** What the bot keeps for a room: one's own reminders for all, the rest for who leads it. */
export function BotSettings({ room }: { room: JoinedRoom }) {
  return (
    <>
      <ReminderList roomId={room.id} />
      {isModerator(room) && <KeywordEditor roomId={room.id} />}
      {isModerator(room) && <WebhookEditor roomId={room.id} />}
    </>
  );
}
