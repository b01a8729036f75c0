import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Switch } from '@mantine/core';
import { IconDoorExit, IconLink, IconListDetails, IconStar, IconStarFilled } from '@tabler/icons-react';
import { Suspense, lazy } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'react-router';
import { showError } from '../kit/toasts.tsx';
import { PanelHeader } from '../kit/panel.tsx';
import { numberText } from '../language/formats.ts';
import { live } from '../live/live.ts';
import { slowModeText } from '../room/slow-mode.ts';
import { client } from '../session/client.ts';
import { ArchiveRoom } from './archive-room.tsx';
import { useMe } from '../session/use-session.ts';
import { type JoinedRoom, isModerator, mayKeepDoor } from '../room/joined-room.ts';
import { copyLinkOf } from '../room/room-link.ts';
import { SettingsForm } from './settings-form.tsx';
import styles from './settings.module.css';

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

const visibilityText = ({ visibility, hasPassword }: JoinedRoom): string => {
  if (visibility === 'public') return t`Public: anyone here finds it`;
  return hasPassword ? t`Private: hidden, entered by password or invite` : t`Private: hidden, entered by invite`;
};

/** The settings as those see them who cannot change them. */
function SettingsFacts({ room }: { room: JoinedRoom }) {
  const facts: [string, string][] = [
    [t`Topic`, room.topic || t`None`],
    [t`Description`, room.description || t`None`],
    [t`Visibility`, visibilityText(room)],
    [t`Password`, room.hasPassword ? t`Asked for when joining` : t`None`],
    [t`Door`, room.locked ? t`Locked: nobody new can join` : room.lobby ? t`A moderator lets people in` : t`Open`],
    [t`Who writes`, room.whoCanPost === 'everyone' ? t`Everyone` : t`The host and moderators`],
    [t`Slow mode`, slowModeText(room.slowModeSeconds)],
    [t`History`, room.historyVisibility === 'all' ? t`New members see everything` : t`New members see what comes after them`],
    [t`Members`, t`At most ${numberText(room.maxMembers)}`],
  ];
  return (
    <section className={styles.section}>
      <p className={styles.hint}>{t`Only the host changes these.`}</p>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The one setting of whoever acts for a host who is away. */
function LockSwitch({ room }: { room: JoinedRoom }) {
  const lock = useMutation({
    mutationFn: (locked: boolean) => client.rooms.update(room.id, { locked }),
    onSuccess: (changed) => live.rooms.put(changed),
    onError: showError,
  });
  return (
    <section className={styles.section}>
      <Switch
        label={t`Locked`}
        description={t`You act for the host, who is away. Nobody new can join while the room is locked.`}
        checked={lock.isPending ? lock.variables : room.locked}
        onChange={(event) => lock.mutate(event.currentTarget.checked)}
        disabled={lock.isPending}
        labelPosition="left"
        classNames={{ body: styles.switch, labelWrapper: styles.switchLabel }}
      />
    </section>
  );
}
