import { t } from '@lingui/core/macro';
import { type Message, saidIn } from '@atrium/contracts';
import { useEffect, useState } from 'react';
import { useNames } from '../live/use-live.ts';
import { authorName } from '../people/person-name.tsx';
import { useMe } from '../session/use-session.ts';
import { firstWords } from '../messages/read-text.ts';

const READ_ALOUD = 160;
/** Long enough to be taken up by a screen reader, short enough not to be met twice when reading the page. */
const SAID_FOR_MS = 1000;

/** Tells screen readers what arrives while they are here; what was there before is theirs to read. */
export function Announcer({ messages }: { messages: readonly Message[] }) {
  const me = useMe();
  const name = useNames();
  const last = messages.at(-1);
  const [heardTo, setHeardTo] = useState(last?.seq ?? 0);
  const arrived = last !== undefined && last.seq > heardTo && last.authorId !== me.id && !last.deletedAt ? last : undefined;
  const seq = arrived?.seq;
  useEffect(() => {
    if (seq === undefined) return;
    const timer = setTimeout(() => setHeardTo(seq), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [seq]);
  return (
    <div className="visually-hidden" role="log" aria-live="polite" aria-label={t`Arriving messages`}>
      {arrived && `${authorName(arrived, name)}: ${firstWords(saidIn(arrived)).slice(0, READ_ALOUD) || t`a file`}`}
    </div>
  );
}
