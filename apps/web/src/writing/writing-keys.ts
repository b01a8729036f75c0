import type { ClipboardEvent, KeyboardEvent } from 'react';
import { isMac } from '../kit/shortcuts.ts';
import { type Edit, type Format, type Written, continueList, formatText } from './format-text.ts';
import { isComposing } from './is-composing.ts';
import { pasteEdit } from './paste-text.ts';

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/** Keys and pastes that write markup, in any field for a message. Each says whether it took what happened. */
export const writingKeys = {
  onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): boolean {
    if (isComposing(event)) return false;
    const format = formatOf(event);
    const written = writtenIn(event.currentTarget);
    const edit = format ? formatText(written, format) : event.key === 'Enter' && !hasModifier(event) ? continueList(written) : undefined;
    if (edit) apply(event.currentTarget, edit);
    return edit !== undefined;
  },

  onPaste(event: ClipboardEvent<HTMLTextAreaElement>): boolean {
    const { clipboardData } = event;
    const copied = { plain: clipboardData.getData('text/plain'), html: clipboardData.getData('text/html') };
    const edit = pasteEdit(writtenIn(event.currentTarget), copied);
    if (edit) apply(event.currentTarget, edit);
    return edit !== undefined;
  },
};

const FORMATS: Readonly<Record<string, Format>> = { b: 'bold', i: 'italic', e: 'code', X: 'strike' };

/** The format that a key asks for. On keyboards without Latin letters the place of the key counts. */
export function formatOf(event: Key): Format | undefined {
  const [mod, other] = isMac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (!mod || other || event.altKey) return undefined;
  const letter = /^[a-z]$/i.test(event.key) ? event.key : event.code.replace(/^Key/, '');
  return FORMATS[event.shiftKey ? letter.toUpperCase() : letter.toLowerCase()];
}

const hasModifier = (event: Key): boolean => event.altKey || event.ctrlKey || event.metaKey;

const writtenIn = (field: HTMLTextAreaElement): Written => ({ text: field.value, from: field.selectionStart, to: field.selectionEnd });

/** As if it were typed, so that it can be undone by the browser's own key. */
function apply(field: HTMLTextAreaElement, { from, to, insert, select }: Edit): void {
  field.setSelectionRange(from, to);
  if (from !== to || insert !== '') document.execCommand(insert === '' ? 'delete' : 'insertText', false, insert);
  field.setSelectionRange(...select);
}
