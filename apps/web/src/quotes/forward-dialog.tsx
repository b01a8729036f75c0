import { t } from '@lingui/core/macro';
import type { Message, Room } from '@atrium/contracts';
import { Button, Checkbox, Group, Modal, Textarea, TextInput } from '@mantine/core';
import { IconHash } from '@tabler/icons-react';
import { useState } from 'react';
import { showToast } from '../kit/toasts.tsx';
import { matchRank } from '../kit/match-rank.ts';
import { useRooms } from '../live/use-live.ts';
import { type JoinedRoom, whyCannotPost } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { linkTo } from '../messages/acts.ts';
import { MessageBody } from '../messages/message-body.tsx';
import { quoteOf } from './quote.ts';
import styles from './forward-dialog.module.css';

const SHOWN = 6;
const isJoined = (room: Room): room is JoinedRoom => room.me !== undefined;

/** Sends a message on to another room, as a link: whoever reads it there sees the words if they may see them here. */
export function ForwardDialog({ message, from, onClose }: { message: Message; from: JoinedRoom; onClose: () => void }) {
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<string>();
  const [comment, setComment] = useState('');
  const [copies, setCopies] = useState(false);
  const rooms = useRooms()
    .filter(isJoined)
    .filter((room) => room.id !== message.roomId && whyCannotPost(room, Date.now()) === undefined)
    .map((room) => ({ room, rank: matchRank(room.name, query) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, SHOWN)
    .map(({ room }) => room);
  const target = rooms.find(({ id }) => id === chosen) ?? (query.trim() === '' ? undefined : rooms[0]);
  const forward = (): void => {
    if (!target) return;
    client.realtime.send({
      roomId: target.id,
      body: [comment.trim(), copies ? quoteOf(message) : linkTo(message)].filter(Boolean).join('\n\n'),
      files: [],
    });
    showToast(t`Forwarded to ${target.name}.`);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t`Forward`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          forward();
        }}
      >
        <blockquote className={styles.message}>
          <MessageBody message={message} />
        </blockquote>
        <TextInput
          label={t`To`}
          placeholder={t`Find a room`}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          data-autofocus
        />
        <div role="radiogroup" aria-label={t`Room`} className={styles.rooms}>
          {rooms.map((room) => (
            <button key={room.id} type="button" role="radio" aria-checked={room === target} onClick={() => setChosen(room.id)}>
              <IconHash size={16} stroke={1.8} aria-hidden />
              {room.name}
            </button>
          ))}
          {rooms.length === 0 && <p className={styles.hint}>{t`You can write in no other room of that name.`}</p>}
        </div>
        <Textarea
          label={t`Add a word`}
          autosize
          maxRows={6}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
          maxLength={5000}
        />
        <Checkbox
          label={t`Copy the words`}
          description={t`Else whoever is not in ${from.name} sees that there is a message, and not what it says.`}
          checked={copies}
          onChange={(event) => setCopies(event.currentTarget.checked)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" disabled={!target}>
            {t`Forward`}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
