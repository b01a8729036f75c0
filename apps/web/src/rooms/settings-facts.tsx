import type { JoinedRoom } from './joined-room.ts';
import styles from './settings.module.css';
import { slowModeText } from './slow-mode.ts';

const visibilityText = ({ visibility, hasPassword }: JoinedRoom): string => {
  if (visibility === 'public') return 'Public: anyone here finds it';
  return hasPassword ? 'Private: hidden, entered by password or invite' : 'Private: hidden, entered by invite';
};

/** The settings as those see them who cannot change them. */
export function SettingsFacts({ room }: { room: JoinedRoom }) {
  const facts: [string, string][] = [
    ['Topic', room.topic || 'None'],
    ['Description', room.description || 'None'],
    ['Visibility', visibilityText(room)],
    ['Password', room.hasPassword ? 'Asked for when joining' : 'None'],
    ['Door', room.locked ? 'Locked: nobody new can join' : room.lobby ? 'A moderator lets people in' : 'Open'],
    ['Who writes', room.whoCanPost === 'everyone' ? 'Everyone' : 'The host and moderators'],
    ['Slow mode', slowModeText(room.slowModeSeconds)],
    ['History', room.historyVisibility === 'all' ? 'New members see everything' : 'New members see what comes after them'],
    ['Members', `At most ${room.maxMembers.toLocaleString()}`],
  ];
  return (
    <section className={styles.section}>
      <p className={styles.hint}>Only the host changes these.</p>
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
