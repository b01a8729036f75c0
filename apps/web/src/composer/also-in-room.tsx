import { t } from '@lingui/core/macro';
import styles from './composer.module.css';

type AlsoInRoomProps = { roomName: string; checked: boolean; onChange: (checked: boolean) => void };

/** Under a reply that is being written: whether the room is to see it beside its thread. */
export function AlsoInRoom({ roomName, checked, onChange }: AlsoInRoomProps) {
  return (
    <label className={styles.also}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{t`Also send to ${roomName}`}</span>
    </label>
  );
}
