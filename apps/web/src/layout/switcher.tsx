import { t } from '@lingui/core/macro';
import { Modal } from '@mantine/core';
import { IconCompass, IconHash, IconMessage, IconPlus, IconSearch, IconUserCircle } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { showError } from '../kit/toasts.tsx';
import { openDirect } from '../direct/message-person.tsx';
import { useRooms } from '../live/use-live.ts';
import { useMe } from '../session/use-session.ts';
import { linkToSearch } from '../search/search-place.ts';
import { matchRank } from '../kit/match-rank.ts';
import { usePeopleCalled } from '../people/use-people-called.ts';
import styles from './switcher.module.css';

/** `to`: where it is, or how it is made on the way there. */
type Place = { key: string; label: string; hint?: string | undefined; to: string | (() => Promise<string>); icon: ReactNode };
const SHOWN = 8;
const fixed = (): Place[] => [
  { key: 'discover', label: t`Discover rooms`, to: '/rooms', icon: <IconCompass size={18} stroke={1.7} /> },
  { key: 'create', label: t`Create a room`, to: '/rooms/create', icon: <IconPlus size={18} stroke={1.7} /> },
  { key: 'profile', label: t`Profile`, to: '/profile', icon: <IconUserCircle size={18} stroke={1.7} /> },
];

/** Ctrl/⌘ K: type a few letters, press Enter, be there. */
export function Switcher({ open, close }: { open: boolean; close: () => void }) {
  return (
    <Modal.Root opened={open} onClose={close} returnFocus={false} yOffset="12vh" size={520} centered={false}>
      <Modal.Overlay />
      <Modal.Content aria-label={t`Jump to`}>
        <Modal.Body p={0}>{open && <SwitcherBody close={close} />}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function SwitcherBody({ close }: { close: () => void }) {
  const rooms = useRooms();
  const navigate = useNavigate();
  const roomId = /^\/rooms\/([0-9a-f-]{36})/.exec(useLocation().pathname)?.[1];
  const listId = useId();
  const [query, setQuery] = useState('');
  const [selected, setSelected] = useState(0);
  const places = [
    // Where one is comes last among the rooms: nobody jumps there.
    ...[...rooms.filter(({ id }) => id !== roomId), ...rooms.filter(({ id }) => id === roomId)].map((room) => ({
      key: room.id,
      label: room.name,
      hint: room.topic,
      to: `/rooms/${room.id}`,
      icon: room.kind === 'direct' ? <IconMessage size={18} stroke={1.7} /> : <IconHash size={18} stroke={1.7} />,
    })),
    ...fixed(),
  ] as Place[];
  const wanted = query.trim();
  const myId = useMe().id;
  const people = usePeopleCalled(wanted);
  const searchFor = (key: string, label: string, q: string): Place => ({
    key,
    label,
    to: linkToSearch({ q, isHere: false, sort: 'relevance' }, roomId),
    icon: <IconSearch size={18} stroke={1.7} />,
  });
  const matching = places
    .map((place) => ({ place, rank: matchRank(place.label, query) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, SHOWN)
    .map(({ place }) => place);
  const found = [
    ...matching,
    ...people
      .filter(({ id }) => id !== myId)
      .map(({ id, username, displayName }) => ({
        key: `message ${id}`,
        label: t`Message ${displayName}`,
        hint: `@${username}`,
        to: () => openDirect(id),
        icon: <IconMessage size={18} stroke={1.7} />,
      })),
    ...people.map(({ id, username, displayName }) => ({
      ...searchFor(id, displayName, `from:${username}`),
      hint: t`what @${username} wrote`,
      icon: <IconUserCircle size={18} stroke={1.7} />,
    })),
    ...(wanted === '' ? [] : [searchFor('search', t`Search for “${wanted}”`, wanted)]),
  ];
  const go = (place: Place | undefined): void => {
    if (!place) return;
    close();
    const { to } = place;
    if (typeof to === 'string') void navigate(to);
    else void to().then(navigate).catch(showError);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setSelected((index) => Math.min(found.length - 1, index + 1));
    else if (event.key === 'ArrowUp') setSelected((index) => Math.max(0, index - 1));
    else if (event.key === 'Enter') go(found[selected]);
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.switcher}>
      <label className={styles.field}>
        <IconSearch size={18} aria-hidden />
        <input
          data-autofocus
          role="combobox"
          aria-label={t`Jump to`}
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={found[selected] && `${listId}-${selected}`}
          placeholder={t`Search, or jump to a room…`}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setSelected(0);
          }}
          onKeyDown={onKeyDown}
        />
      </label>
      <ul id={listId} role="listbox" aria-label={t`Places`}>
        {found.map((place, index) => (
          <li
            key={place.key}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === selected}
            onPointerMove={() => setSelected(index)}
            onClick={() => go(place)}
          >
            {place.icon}
            <span>{place.label}</span>
            {place.hint && <small>{place.hint}</small>}
          </li>
        ))}
      </ul>
    </div>
  );
}
