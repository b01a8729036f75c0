import { t } from '@lingui/core/macro';
import { ActionIcon } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconChevronDown, IconDots, IconPlus } from '@tabler/icons-react';
import { Suspense, lazy, useState } from 'react';
import { Link, useMatch } from 'react-router';
import { RailRoom } from './rail-room.tsx';
import styles from '../kit/rail.module.css';
import { Tip } from '../kit/tip.tsx';
import { useRooms } from '../live/use-live.ts';
import { type Section, roomsIn, sectionsOf } from '../live/rail-view.ts';
import { railWishes, useRailWish } from '../live/use-rail-wish.ts';

const SectionMenu = lazy(() => import('./section-menu.tsx').then((m) => ({ default: m.SectionMenu })));
const ViewMenu = lazy(() => import('./view-menu.tsx').then((m) => ({ default: m.ViewMenu })));

/** The rooms one is in, by section. */
export function RailSections({ detailed }: { detailed: boolean }) {
  const hereId = useMatch('/rooms/:roomId/*')?.params.roomId;
  const wish = useRailWish();
  const sections = sectionsOf(useRooms(), wish, hereId);
  return sections.map((section) => (
    <section key={section.name} aria-label={section.title}>
      <Caption section={section} folded={wish.folded.includes(section.name)} />
      {section.isOwn && section.rooms.length === 0 && <p className={styles.empty}>{t`Move rooms here by their menu.`}</p>}
      {wish.unreadOnly && section.rooms.length === 0 && <p className={styles.empty}>{t`Nothing is unread.`}</p>}
      <ul>
        {roomsIn(section, wish, hereId).map((room) => (
          <RailRoom key={room.id} room={room} detailed={detailed} />
        ))}
      </ul>
    </section>
  ));
}

function Caption({ section, folded }: { section: Section; folded: boolean }) {
  const toggle = (): void => {
    const others = railWishes.snapshot().folded.filter((name) => name !== section.name);
    railWishes.change({ folded: folded ? others : [...others, section.name] });
  };
  return (
    <div className={styles.caption}>
      <button type="button" className={styles.fold} aria-expanded={!folded} onClick={toggle}>
        <IconChevronDown size={13} stroke={2} aria-hidden />
        {section.title}
      </button>
      {section.isOwn && (
        <span className={styles.tools}>
          <SectionButton id={section.name} title={section.title} />
        </span>
      )}
      {section.name === 'rooms' && (
        <span className={styles.tools}>
          <ViewButton />
          <Tip label={t`Create a room`}>
            <ActionIcon component={Link} to="/rooms/create" size={24} aria-label={t`Create a room`}>
              <IconPlus size={16} />
            </ActionIcon>
          </Tip>
        </span>
      )}
    </div>
  );
}

/** Its menu arrives when it is opened first. */
function SectionButton({ id, title }: { id: string; title: string }) {
  const [asked, setAsked] = useState(false);
  const closed = (
    <ActionIcon size={24} aria-label={t`Section ${title}`} aria-haspopup="menu" onClick={() => setAsked(true)}>
      <IconDots size={15} />
    </ActionIcon>
  );
  if (!asked) return closed;
  return (
    <Suspense fallback={closed}>
      <SectionMenu id={id} title={title} />
    </Suspense>
  );
}

/** The menu arrives when it is opened first. */
function ViewButton() {
  const [asked, setAsked] = useState(false);
  const closed = (
    <Tip label={t`How rooms are listed`}>
      <ActionIcon size={24} aria-label={t`How rooms are listed`} onClick={() => setAsked(true)}>
        <IconAdjustmentsHorizontal size={15} />
      </ActionIcon>
    </Tip>
  );
  if (!asked) return closed;
  return (
    <Suspense fallback={closed}>
      <ViewMenu />
    </Suspense>
  );
}
