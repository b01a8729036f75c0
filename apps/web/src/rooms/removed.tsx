import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconDoorExit } from '@tabler/icons-react';
import { Link } from 'react-router';
import { longMoment } from '../time/format.ts';
import { Problem } from '../kit/problem.tsx';
import type { Removal } from '../live/live.ts';

const texts = (): Record<Removal['reason'], [string, string]> => ({
  left: [t`You left this room`, t`Your messages stay. You can come back if the room lets you in.`],
  kicked: [t`You were removed from this room`, t`A moderator took you out. You may come back if the room allows it.`],
  banned: [t`You were banned from this room`, t`You cannot join it again.`],
  archived: [t`This room was archived`, t`Nobody can write in it any more.`],
});

const momentText = (at: string): string => longMoment(new Date(at));

/** Shown where the conversation was a moment ago. */
export function Removed({ roomId, removal: { reason, words, until } }: { roomId: string; removal: Removal }) {
  const [title, text] = texts()[reason];
  const detail = [words && `Reason: ${words}`, until ? t`You may come back after ${momentText(until)}.` : text].filter(Boolean).join(' · ');
  const mayReturn = reason === 'left' || reason === 'kicked';
  return (
    <Problem isPage title={title} detail={detail} icon={<IconDoorExit size={24} stroke={1.6} />}>
      {mayReturn && (
        <Button component={Link} to={`/rooms/${roomId}/join`} variant="default">
          {t`Join again`}
        </Button>
      )}
      <Link to="/rooms">{t`Go to your rooms`}</Link>
    </Problem>
  );
}
