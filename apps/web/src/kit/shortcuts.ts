import { t } from '@lingui/core/macro';

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
/** How the command key is written here. */
export const MOD = isMac ? '⌘' : 'Ctrl ';

type Shortcut = { keys: string[]; does: string };
export const shortcuts = (): { group: string; items: Shortcut[] }[] => [
  {
    group: t`Everywhere`,
    items: [
      { keys: [`${MOD.trim()}`, 'K'], does: t`Search, or jump to a room` },
      { keys: ['Alt', '↑ ↓'], does: t`Go to the room before or after` },
      { keys: ['Alt', 'Shift', '↑ ↓'], does: t`Go to the next room with something new` },
      { keys: ['?'], does: t`Show these keys` },
      { keys: ['Esc'], does: t`Close the panel, or mark the room as read` },
    ],
  },
  {
    group: t`Timeline`,
    items: [
      { keys: ['↑', '↓'], does: t`Move from message to message` },
      { keys: ['→', '←'], does: t`Through what the message offers` },
      { keys: ['R'], does: t`Reply in a thread` },
      { keys: ['E'], does: t`Edit, if it is yours` },
      { keys: ['Q'], does: t`Quote` },
      { keys: ['P'], does: t`Pin or unpin, as a moderator` },
      { keys: ['C'], does: t`Copy a link to the message` },
      { keys: ['U'], does: t`Mark unread from here` },
      { keys: ['End'], does: t`Jump to the present` },
    ],
  },
  {
    group: t`Composer`,
    items: [
      { keys: ['Enter'], does: t`Send` },
      { keys: ['Shift', 'Enter'], does: t`New line, and the next item of a list` },
      { keys: ['↑'], does: t`Edit your last message, from an empty field` },
      { keys: [MOD.trim(), 'B'], does: t`Bold` },
      { keys: [MOD.trim(), 'I'], does: t`Italic` },
      { keys: [MOD.trim(), 'Shift', 'X'], does: t`Struck through` },
      { keys: [MOD.trim(), 'E'], does: t`Code` },
      { keys: ['/'], does: t`Commands of the room bot` },
      { keys: ['@'], does: t`Mention someone` },
      { keys: [':'], does: t`Emoji by name` },
      { keys: ['Tab'], does: t`Take the suggestion` },
    ],
  },
];

/** Whether a key press belongs to a text field rather than to the page. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

const OPEN_KEYS = 'atrium:keys';

export const openKeys = (): void => void window.dispatchEvent(new Event(OPEN_KEYS));

/** Calls back whenever the keys are asked for, by `?` or a click. */
export function onKeysAsked(open: () => void): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === '?' && !isTyping(event.target) && !event.ctrlKey && !event.metaKey) open();
  };
  window.addEventListener('keydown', onKey);
  window.addEventListener(OPEN_KEYS, open);
  return () => {
    window.removeEventListener('keydown', onKey);
    window.removeEventListener(OPEN_KEYS, open);
  };
}

const OPEN_SWITCHER = 'atrium:switch';

export const openSwitcher = (): void => void window.dispatchEvent(new Event(OPEN_SWITCHER));

/** Calls back whenever the switcher is asked for, by Ctrl/⌘ K or a click. */
export function onSwitcherAsked(open: () => void): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open();
  };
  window.addEventListener('keydown', onKey);
  window.addEventListener(OPEN_SWITCHER, open);
  return () => {
    window.removeEventListener('keydown', onKey);
    window.removeEventListener(OPEN_SWITCHER, open);
  };
}
