import { t } from '@lingui/core/macro';
import { ActionIcon, Button, Menu, Modal, TextInput } from '@mantine/core';
import {
  IconBan,
  IconCrown,
  IconDots,
  IconHandOff,
  IconMicrophone,
  IconMicrophoneOff,
  IconShield,
  IconShieldOff,
  IconUserMinus,
} from '@tabler/icons-react';
import type { Member } from '@atrium/contracts';
import { useState } from 'react';
import { queryClient } from '../kit/query-client.ts';
import { showError, showToast } from '../kit/toasts.tsx';
import { useForm } from '../kit/use-form.ts';
import { live } from '../live/live.ts';
import { type JoinedRoom, isModerator } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { useMe } from '../session/use-session.ts';
import styles from '../people/members.module.css';
import { TermDialog } from './term-dialog.tsx';

type Act = 'hand-over' | 'kick' | 'mute' | 'ban';
type MemberActionsProps = { room: JoinedRoom; member: Member; isMe: boolean };

/** Moderators act on members only; the host on everyone else; nobody on the host. */
export function MemberActions({ room, member, isMe }: MemberActionsProps) {
  const [asking, setAsking] = useState<Act>();
  const iAmHost = room.me.role === 'host';
  const myId = useMe().id;
  const acts = room.me.role === 'moderator' || room.actingHostId === myId;
  const mayKick = !isMe && member.role !== 'host' && (iAmHost || (acts && member.role === 'member'));
  if (isMe || (!iAmHost && !mayKick)) return null;
  const isMuted = member.mutedUntil !== undefined && Date.parse(member.mutedUntil) > Date.now();
  const refresh = () => void queryClient.invalidateQueries({ queryKey: ['members', room.id] });

  const setRole = (role: 'moderator' | 'member'): void => {
    client.rooms
      .setRole(room.id, member.id, role)
      .then(() => void queryClient.invalidateQueries({ queryKey: ['members', room.id] }), showError);
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t`Actions for ${member.displayName}`} className={styles.actions}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {iAmHost && member.role === 'member' && (
            <Menu.Item leftSection={<IconShield size={16} />} onClick={() => setRole('moderator')}>
              {t`Make moderator`}
            </Menu.Item>
          )}
          {iAmHost && member.role === 'moderator' && (
            <Menu.Item leftSection={<IconShieldOff size={16} />} onClick={() => setRole('member')}>
              {t`Make member`}
            </Menu.Item>
          )}
          {iAmHost && (
            <Menu.Item leftSection={<IconCrown size={16} />} onClick={() => setAsking('hand-over')}>
              {t`Hand over the room`}
            </Menu.Item>
          )}
          {mayKick && isMuted && (
            <Menu.Item
              leftSection={<IconMicrophone size={16} />}
              onClick={() => void client.moderation.unmute(room.id, member.id).then(refresh, showError)}
            >
              {t`Unmute`}
            </Menu.Item>
          )}
          {mayKick && !isMuted && (
            <Menu.Item leftSection={<IconMicrophoneOff size={16} />} onClick={() => setAsking('mute')}>
              {t`Mute`}
            </Menu.Item>
          )}
          {mayKick && member.handRaisedAt && (
            <Menu.Item
              leftSection={<IconHandOff size={16} />}
              onClick={() => void client.moderation.hand(room.id, false, member.id).then(refresh, showError)}
            >
              {t`Lower the hand`}
            </Menu.Item>
          )}
          {mayKick && (
            <Menu.Item color="var(--danger)" leftSection={<IconUserMinus size={16} />} onClick={() => setAsking('kick')}>
              {t`Remove from the room`}
            </Menu.Item>
          )}
          {mayKick && isModerator(room) && (
            <Menu.Item color="var(--danger)" leftSection={<IconBan size={16} />} onClick={() => setAsking('ban')}>
              {t`Ban from the room`}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <HandOver room={room} member={member} open={asking === 'hand-over'} close={() => setAsking(undefined)} />
      <Kick room={room} member={member} open={asking === 'kick'} close={() => setAsking(undefined)} />
      <TermDialog act="mute" room={room} member={member} open={asking === 'mute'} close={() => setAsking(undefined)} />
      <TermDialog act="ban" room={room} member={member} open={asking === 'ban'} close={() => setAsking(undefined)} />
    </>
  );
}

type ConfirmProps = { room: JoinedRoom; member: Member; open: boolean; close: () => void };

function HandOver({ room, member, open, close }: ConfirmProps) {
  const form = useForm(async () => {
    live.rooms.put(await client.rooms.handOver(room.id, member.id));
    void queryClient.invalidateQueries({ queryKey: ['members', room.id] });
    close();
    showToast(t`${member.displayName} is now the host.`);
  });
  return (
    <Modal
      opened={open}
      onClose={close}
      title={t`Hand the room over to ${member.displayName}?`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <p className={styles.hint}>{t`They will be the host and you a moderator. Only they can undo this.`}</p>
      {form.failure && (
        <p className={styles.failure} role="alert">
          {form.failure}
        </p>
      )}
      <div className={styles.buttons}>
        <Button loading={form.busy} onClick={() => form.submit()}>
          {t`Hand over`}
        </Button>
        <Button variant="default" onClick={close}>
          {t`Cancel`}
        </Button>
      </div>
    </Modal>
  );
}

function Kick({ room, member, open, close }: ConfirmProps) {
  const [reason, setReason] = useState('');
  const form = useForm(async () => {
    await client.rooms.kick(room.id, member.id, reason.trim() || undefined);
    void queryClient.invalidateQueries({ queryKey: ['members', room.id] });
    close();
  });
  return (
    <Modal opened={open} onClose={close} title={t`Remove ${member.displayName}?`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form onSubmit={form.submit} className={styles.form}>
        <p className={styles.hint}>
          {room.removedCanRejoin ? t`They can join again: removing is not banning.` : t`They cannot join this room again.`}
        </p>
        <TextInput
          label={t`Reason`}
          description={t`Optional; everyone in the room sees it`}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={200}
          error={form.errorOf('reason')}
        />
        {form.failure && (
          <p className={styles.failure} role="alert">
            {form.failure}
          </p>
        )}
        <div className={styles.buttons}>
          <Button type="submit" color="red" loading={form.busy}>
            {t`Remove`}
          </Button>
          <Button variant="default" onClick={close}>
            {t`Cancel`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
