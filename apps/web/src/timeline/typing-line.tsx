import { t } from '@lingui/core/macro';
import { useNames, useTyping } from '../live/use-live.ts';
import { useMe } from '../session/use-session.ts';
import styles from './timeline.module.css';

/** Who is typing; its place is kept, so that nothing moves when someone starts. */
export function TypingLine({ roomId }: { roomId: string }) {
  const me = useMe();
  const typists = useTyping(roomId, me.id);
  const name = useNames();
  return (
    <div className={styles.typing}>
      {typists.length > 0 && (
        <>
          <i />
          <i />
          <i />
          {textOf(typists.map(name))}
        </>
      )}
    </div>
  );
}

function textOf([one = '', other = '', ...more]: string[]): string {
  if (!other) return t`${one} is typing`;
  if (more.length === 0) return t`${one} and ${other} are typing`;
  return t`Several people are typing`;
}
