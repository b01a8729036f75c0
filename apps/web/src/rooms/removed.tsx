import { Button } from '@mantine/core';
import { IconDoorExit } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Problem } from '../layout/problem.tsx';
import type { Removal } from '../live/live.ts';

const TEXTS: Record<Removal['reason'], [string, string]> = {
  left: ['You left this room', 'Your messages stay. You can come back if the room lets you in.'],
  kicked: ['You were removed from this room', 'A moderator took you out. You may come back if the room allows it.'],
  banned: ['You were banned from this room', 'You cannot join it again.'],
  archived: ['This room was archived', 'Nobody can write in it any more.'],
};

const momentText = (at: string): string => new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Shown where the conversation was a moment ago. */
export function Removed({ roomId, removal: { reason, words, until } }: { roomId: string; removal: Removal }) {
  const [title, text] = TEXTS[reason];
  const detail = [words && `Reason: ${words}`, until ? `You may come back after ${momentText(until)}.` : text].filter(Boolean).join(' · ');
  const mayReturn = reason === 'left' || reason === 'kicked';
  return (
    <Problem isPage title={title} detail={detail} icon={<IconDoorExit size={24} stroke={1.6} />}>
      {mayReturn && (
        <Button component={Link} to={`/rooms/${roomId}/join`} variant="default">
          Join again
        </Button>
      )}
      <Link to="/rooms">Go to your rooms</Link>
    </Problem>
  );
}
