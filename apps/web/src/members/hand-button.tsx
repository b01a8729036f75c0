import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import type { Member } from '@atrium/contracts';
import { queryClient } from '../kit/query-client.ts';
import { showError } from '../kit/toasts.tsx';
import { type JoinedRoom, mayKeepDoor } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import styles from '../people/members.module.css';

type HandsProps = { room: JoinedRoom; members: readonly Member[]; myId: string };

/** Who wants to speak, in the order in which the hands went up. */
export function Hands({ room, members, myId }: HandsProps) {
  const raised = members.filter((member) => member.handRaisedAt).sort((a, b) => (a.handRaisedAt ?? '').localeCompare(b.handRaisedAt ?? ''));
  const mine = raised.some((member) => member.id === myId);
  const after = (act: Promise<void>): void =>
    void act.then(() => void queryClient.invalidateQueries({ queryKey: ['members', room.id] }), showError);
  return (
    <section aria-label={t`Raised hands`} className={styles.hands}>
      {raised.length > 0 && (
        <ol className={styles.list}>
          {raised.map((member, index) => (
            <li key={member.id} className={styles.row}>
              <IconHandStop size={18} aria-hidden />
              <span className={styles.text}>
                {index + 1}. {member.displayName}
              </span>
            </li>
          ))}
        </ol>
      )}
      <div className={styles.buttons}>
        <Button size="compact-sm" variant="default" aria-pressed={mine} onClick={() => after(client.moderation.hand(room.id, !mine))}>
          {mine ? t`Lower my hand` : t`Raise my hand`}
        </Button>
        {raised.length > 0 && mayKeepDoor(room, myId) && (
          <Button size="compact-sm" variant="subtle" onClick={() => after(client.moderation.lowerHands(room.id))}>
            {t`Lower all hands`}
          </Button>
        )}
      </div>
    </section>
  );
}
