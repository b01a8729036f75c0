import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Switch } from '@mantine/core';
import { IconDoorExit, IconLink, IconListDetails, IconStar, IconStarFilled } from '@tabler/icons-react';
import { Suspense, lazy } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'react-router';
import { showError } from '../kit/toasts.tsx';
import { PanelHeader } from '../kit/panel.tsx';
import { live } from '../live/live.ts';
import { client } from '../session/client.ts';
import { ArchiveRoom } from './archive-room.tsx';
import { useMe } from '../session/use-session.ts';
import { type JoinedRoom, isModerator, mayKeepDoor } from '../room/joined-room.ts';
import { LockSwitch } from './lock-switch.tsx';
import { copyLinkOf } from '../room/room-link.ts';
import { SettingsForm } from './settings-form.tsx';
import styles from './settings.module.css';
import { SettingsFacts } from './settings-facts.tsx';

const BotSettings = lazy(() => import('../bot/bot-settings.tsx').then((m) => ({ default: m.BotSettings })));

/** What the room is like: the host changes it, others read it. */
export function SettingsPanel({ room, onClose }: { room: JoinedRoom; onClose: () => void }) {
  const isHost = room.me.role === 'host';
  const myId = useMe().id;
  return (
    <>
      <PanelHeader title={t`Settings`} onClose={onClose} />
      <div className={styles.body}>
        <div className={styles.links}>
          <button type="button" onClick={() => void copyLinkOf(room)}>
            <Trans>
              <IconLink size={16} stroke={1.8} aria-hidden /> Copy the room’s link
            </Trans>
          </button>
          <button type="button" aria-pressed={room.me.favourite ?? false} onClick={() => favour(room)}>
            {room.me.favourite ? <IconStarFilled size={16} aria-hidden /> : <IconStar size={16} stroke={1.8} aria-hidden />}
            {room.me.favourite ? t`Remove from favourites` : t`Add to favourites`}
          </button>
          {isModerator(room) && (
            <Link to={`/rooms/${room.id}/audit`}>
              <Trans>
                <IconListDetails size={16} stroke={1.8} aria-hidden /> Audit log
              </Trans>
            </Link>
          )}
          <Link to={`/rooms/${room.id}/leave`}>
            <Trans>
              <IconDoorExit size={16} stroke={1.8} aria-hidden /> Leave the room
            </Trans>
          </Link>
        </div>
        <BotSwitch room={room} />
        {!isModerator(room) && mayKeepDoor(room, myId) && <LockSwitch room={room} />}
        {isHost ? <SettingsForm key={room.id} room={room} /> : <SettingsFacts room={room} />}
        <Suspense>
          <BotSettings room={room} />
        </Suspense>
        {isHost && <ArchiveRoom room={room} />}
      </div>
    </>
  );
}

function favour({ id, me }: JoinedRoom): void {
  const favourite = !me.favourite;
  client.rooms.favour(id, favourite).then(() => live.rooms.favour(id, favourite), showError);
}

function BotSwitch({ room }: { room: JoinedRoom }) {
  const toggle = useMutation({
    mutationFn: (enabled: boolean) => client.rooms.toggleBot(room.id, enabled),
    onSuccess: ({ botEnabled }) => live.rooms.put({ ...(live.rooms.get(room.id) ?? room), botEnabled }),
    onError: showError,
  });
  return (
    <section className={styles.section}>
      <Switch
        label={t`Room bot`}
        description={
          isModerator(room)
            ? t`Answers commands such as /help and /summary. Off means off: it reads nothing.`
            : t`The host and moderators decide whether it answers.`
        }
        checked={toggle.isPending ? toggle.variables : room.botEnabled}
        onChange={(event) => toggle.mutate(event.currentTarget.checked)}
        disabled={!isModerator(room) || toggle.isPending}
        labelPosition="left"
        classNames={{ body: styles.switch, labelWrapper: styles.switchLabel }}
      />
    </section>
  );
}
