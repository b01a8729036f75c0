import { t } from '@lingui/core/macro';
import { useLocalStorage } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { ActionIcon } from '@mantine/core';
import { type KeyboardEvent, type PointerEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { isRightToLeft } from '../language/language.ts';
import styles from './panel.module.css';

const names = () => ({
  thread: t`Thread`,
  threads: t`Threads`,
  pins: t`Pins`,
  ask: t`Ask the files`,
  files: t`Files`,
  members: t`Members`,
  settings: t`Settings`,
  search: t`Search`,
  audit: t`Audit log`,
  unknown: t`Panel`,
  chat: t`Panel`,
  file: t`File`,
  document: t`Document`,
});
const STEP = 24;

type PanelProps = { name: keyof ReturnType<typeof names>; onClose: () => void; children: ReactNode };

/** The right side: one thing at a time, as wide as one likes; a sheet on phones. Esc closes it. */
export function Panel({ name, onClose, children }: PanelProps) {
  const [width, setWidth] = usePanelWidth(name === 'document' ? 'document' : 'list');
  const ref = useRef<HTMLElement>(null);
  usePanelFocus(ref, name);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      // A menu or a dialog over the page closes itself, and nothing under it. It may have gone before we hear of it.
      const { target } = event;
      const isElsewhere = target instanceof Element && (!target.isConnected || target.closest('[role="menu"], [role="dialog"]') !== null);
      if (event.key === 'Escape' && !event.defaultPrevented && !isElsewhere) onClose();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);

  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { left = 0, right = window.innerWidth } = ref.current?.getBoundingClientRect() ?? {};
    setWidth(isRightToLeft() ? event.clientX - left : right - event.clientX);
  };
  const nudge = (event: KeyboardEvent): void => {
    const [wider, narrower] = isRightToLeft() ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
    if (event.key === wider) setWidth(width + STEP);
    else if (event.key === narrower) setWidth(width - STEP);
    else return;
    event.preventDefault();
  };
  return (
    <aside
      ref={ref}
      tabIndex={-1}
      className={styles.panel}
      style={{ '--panel-width': `${width}px` } as React.CSSProperties}
      aria-label={names()[name]}
      data-name={name}
    >
      <div
        className={styles.handle}
        role="separator"
        aria-orientation="vertical"
        aria-label={t`Width of the panel`}
        aria-valuenow={width}
        aria-valuemin={320}
        aria-valuemax={960}
        tabIndex={0}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onKeyDown={nudge}
      />
      {children}
    </aside>
  );
}

export function PanelHeader({
  title,
  detail,
  onClose,
  children,
}: {
  title: string;
  detail?: ReactNode;
  onClose: () => void;
  children?: ReactNode;
}) {
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <h2>{title}</h2>
        {detail && <span>{detail}</span>}
      </div>
      {children}
      <ActionIcon aria-label={t`Close ${title.toLowerCase()}`} onClick={onClose} className={styles.close}>
        <IconX size={18} stroke={1.7} />
      </ActionIcon>
    </header>
  );
}

const MIN = 320;
const MAX = 960;

const LIKED = { list: { key: 'atrium.panel', defaultValue: 400 }, document: { key: 'atrium.document', defaultValue: 640 } };

/** How wide this person likes the panel; a document wants more than a list. */
function usePanelWidth(holds: keyof typeof LIKED): [number, (width: number) => void] {
  const [width, setWidth] = useLocalStorage({ ...LIKED[holds], getInitialValueInEffect: false });
  return [width, (wanted) => setWidth(Math.round(Math.min(MAX, Math.max(MIN, wanted))))];
}

/** Takes the focus along into the panel that was asked for, and back to where it was when the panel goes. */
function usePanelFocus(panel: RefObject<HTMLElement | null>, name: string): void {
  // Asked while drawing: a field in the panel that wants the focus has it before any effect runs.
  const [openedFrom] = useState(() => document.activeElement);
  const opener = useRef(openedFrom);
  useEffect(() => {
    const focused = document.activeElement;
    // Nothing was pressed: the address was opened, and reading starts at the top.
    if (!focused || focused === document.body || panel.current?.contains(focused)) return;
    opener.current = focused;
    panel.current?.focus({ preventScroll: true });
  }, [panel, name]);
  useEffect(
    () => () => {
      const from = opener.current;
      if (document.activeElement === document.body && from instanceof HTMLElement) from.focus({ preventScroll: true });
    },
    [],
  );
}
