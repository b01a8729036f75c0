import type { Message } from '@atrium/contracts';
import { type KeyboardEvent, type RefObject, useEffect } from 'react';
import { useNavigate } from 'react-router';
import { editing, isEditable } from '../changes/editing.ts';
import { isTyping } from '../kit/shortcuts.ts';
import { type JoinedRoom, isModerator } from '../room/joined-room.ts';
import { ROWS, lastInView, rowsIn } from './rows-on-screen.ts';
import { copyMessageLink, markUnreadFrom, togglePin } from '../messages/acts.ts';

type KeysInput = {
  room: JoinedRoom;
  myId: string;
  frame: RefObject<HTMLElement | null>;
  messages: readonly Message[];
  toPresent: () => void;
};

/** Moving from message to message, and acting on the one in focus. */
export function useTimelineKeys({ room, myId, frame, messages, toPresent }: KeysInput) {
  const navigate = useNavigate();
  useEffect(() => {
    // With the focus nowhere, the arrows are for the messages: there is nothing else they could move.
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (document.activeElement !== document.body || !/^Arrow(Up|Down)$/.test(event.key) || !frame.current) return;
      step(frame.current, undefined, -1);
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [frame]);
  return (event: KeyboardEvent<HTMLElement>): void => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const focused = document.activeElement?.closest<HTMLElement>(ROWS);
    const message = focused && messages.find(({ id }) => id === focused.dataset.messageId);
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') step(event.currentTarget, focused, event.key === 'ArrowUp' ? -1 : 1);
    else if (event.key === 'End') toPresent();
    // Not ours alone: it closes the panel as well.
    else if (event.key === 'Escape') return toPresent();
    else if (!message) return;
    else if (event.key === 'r') void navigate(`/rooms/${room.id}/thread/${message.id}`);
    else if (event.key === 'p' && isModerator(room)) togglePin(message);
    else if (event.key === 'c') copyMessageLink(message);
    else if (event.key === 'u') markUnreadFrom(message);
    else if (event.key === 'e' && isEditable(message, room, myId)) editing.begin(message.id);
    else if (event.key === 'q' && !message.deletedAt)
      void import('../quotes/quote.ts').then(({ quote }) => quote(message, { myId, inThread: false }));
    else return;
    event.preventDefault();
  };
}

function step(list: HTMLElement, focused: HTMLElement | null | undefined, by: 1 | -1): void {
  const rows = rowsIn(list);
  const next = focused ? rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf(focused) + by))] : lastInView(list);
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
}
