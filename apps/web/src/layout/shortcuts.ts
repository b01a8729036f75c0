export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
/** How the command key is written here. */
export const MOD = isMac ? '⌘' : 'Ctrl ';

export type Shortcut = { keys: string[]; does: string };
export const SHORTCUTS: { group: string; items: Shortcut[] }[] = [
  {
    group: 'Everywhere',
    items: [
      { keys: [`${MOD.trim()}`, 'K'], does: 'Search, or jump to a room' },
      { keys: ['Alt', '↑ ↓'], does: 'Go to the room before or after' },
      { keys: ['Alt', 'Shift', '↑ ↓'], does: 'Go to the next room with something new' },
      { keys: ['?'], does: 'Show these keys' },
      { keys: ['Esc'], does: 'Close the panel, or mark the room as read' },
    ],
  },
  {
    group: 'Timeline',
    items: [
      { keys: ['↑', '↓'], does: 'Move from message to message' },
      { keys: ['→', '←'], does: 'Through what the message offers' },
      { keys: ['R'], does: 'Reply in a thread' },
      { keys: ['E'], does: 'Edit, if it is yours' },
      { keys: ['Q'], does: 'Quote' },
      { keys: ['P'], does: 'Pin or unpin, as a moderator' },
      { keys: ['C'], does: 'Copy a link to the message' },
      { keys: ['U'], does: 'Mark unread from here' },
      { keys: ['End'], does: 'Jump to the present' },
    ],
  },
  {
    group: 'Composer',
    items: [
      { keys: ['Enter'], does: 'Send' },
      { keys: ['Shift', 'Enter'], does: 'New line, and the next item of a list' },
      { keys: ['↑'], does: 'Edit your last message, from an empty field' },
      { keys: [MOD.trim(), 'B'], does: 'Bold' },
      { keys: [MOD.trim(), 'I'], does: 'Italic' },
      { keys: [MOD.trim(), 'Shift', 'X'], does: 'Struck through' },
      { keys: [MOD.trim(), 'E'], does: 'Code' },
      { keys: ['/'], does: 'Commands of the room bot' },
      { keys: ['@'], does: 'Mention someone' },
      { keys: [':'], does: 'Emoji by name' },
      { keys: ['Tab'], does: 'Take the suggestion' },
    ],
  },
];

/** Whether a key press belongs to a text field rather than to the page. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
