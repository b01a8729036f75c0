import { t } from '@lingui/core/macro';
import type { JoinedRoom } from '../room/joined-room.ts';
import styles from './settings.module.css';
import { numberText } from '../language/formats.ts';
import { slowModeText } from '../room/slow-mode.ts';

const visibilityText = ({ visibility, hasPassword }: JoinedRoom): string => {
  if (visibility === 'public') return t`Public: anyone here finds it`;
  return hasPassword ? t`Private: hidden, entered by password or invite` : t`Private: hidden, entered by invite`;
};

/** The settings as those see them who cannot change them. */
export function SettingsFacts({ room }: { room: JoinedRoom }) {
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
