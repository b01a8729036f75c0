import styles from './avatar.module.css';
import { hueOf, initialsOf } from './initials.ts';

/** The picture of a program that posts by a webhook: the sign it chose, or its initials on a colour that stays the same. */
export function SenderPicture({ name, icon, size = 36 }: { name: string; icon?: string | undefined; size?: number }) {
  const style = { width: size, height: size, fontSize: size * (icon ? 0.55 : 0.38), '--hue': hueOf(name) } as React.CSSProperties;
  return (
    <span className={styles.avatar} style={style}>
      <span aria-hidden>{icon ?? initialsOf(name)}</span>
    </span>
  );
}
