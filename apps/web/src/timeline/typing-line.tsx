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

function textOf(names: string[]): string {
  if (names.length === 1) return `${names[0]} is typing`;
  if (names.length === 2) return `${names[0]} and ${names[1]} are typing`;
  return 'Several people are typing';
}
