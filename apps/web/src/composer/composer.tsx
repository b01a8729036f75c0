import { plural, t } from '@lingui/core/macro';
import { hasInk } from '@atrium/contracts';
import { ActionIcon } from '@mantine/core';
import { IconPaperclip, IconSend2 } from '@tabler/icons-react';
import { type ChangeEvent, type ClipboardEvent, type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { isCommand, runCommand } from '../bot/run-command.ts';
import { attachmentOf } from '../attachments/attachments.tsx';
import { Tip } from '../kit/tip.tsx';
import { type JoinedRoom, whyCannotPost } from '../room/joined-room.ts';
import { ScheduledHere, SendLaterButton, useSendLater } from './send-later.tsx';
import { schedule } from '../scheduled/use-scheduled.ts';
import { client } from '../session/client.ts';
import { useMe } from '../session/use-session.ts';
import { leftText, useSecondsUntil } from '../time/time-left.ts';
import { pathTo } from '../messages/acts.ts';
import { AlsoInRoom } from './also-in-room.tsx';
import { AttachmentTray } from './attachment-tray.tsx';
import { readAwaited } from './awaited-send.ts';
import { CompletionList } from './completion-list.tsx';
import styles from './composer.module.css';
import { hearReplacedDraft, keepDraft, placeOf, readDraft } from '../writing/drafts.ts';
import './page-drafts.ts';
import { isComposing } from '../writing/is-composing.ts';
import { uploads, useUploads } from '../writing/uploads.ts';
import { editLastOwn } from '../changes/editing.ts';
import { namedFiles } from './pasted-files.ts';
import { knownEmoji, useCompletion } from './use-completion.ts';
import { withEmoji } from '../writing/written-emoji.ts';
import { useTypeAnywhere } from '../writing/use-type-anywhere.ts';
import { useWaitTurn } from './use-wait-turn.ts';
import { writingKeys } from '../writing/writing-keys.ts';

const LONGEST = 10_000;
const COUNT_FROM = 9000;

/** `takesFocus`: whoever comes here comes to write. */
type ComposerProps = { room: JoinedRoom; parentId?: string; takesFocus?: boolean };

/** Where one writes; says why when one cannot. */
export function Composer({ room, parentId, takesFocus = false }: ComposerProps) {
  const me = useMe();
  // A mute is counted down by the second.
  useSecondsUntil(room.me.mutedUntil ? Date.parse(room.me.mutedUntil) : 0);
  const reason = whyCannotPost(room, Date.now());
  if (reason) {
    return (
      <div className={styles.composer}>
        <p className={styles.closed}>{reason}</p>
      </div>
    );
  }
  const draftKey = placeOf(me.id, room.id, parentId);
  return <OpenComposer key={draftKey} room={room} draftKey={draftKey} takesFocus={takesFocus} {...(parentId ? { parentId } : {})} />;
}

function OpenComposer({ room, parentId, draftKey, takesFocus = false }: ComposerProps & { draftKey: string }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const listId = useId();
  const me = useMe();
  const navigate = useNavigate();
  const [text, setText] = useState(() => readDraft(draftKey));
  const [caret, setCaret] = useState(text.length);
  useEffect(
    () =>
      hearReplacedDraft(draftKey, (next, wantsFocus) => {
        setText(next);
        if (wantsFocus) requestAnimationFrame(() => focusAtEnd(field.current));
      }),
    [draftKey],
  );
  const attached = useUploads(draftKey);
  // Most commands are answered to their caller alone; of one that speaks to the room the server says how long it waits.
  const runs = isCommand(text) && attached.length === 0;
  const waitSeconds = useWaitTurn(room, runs);
  const write = (next: string, at: number): void => {
    setText(next);
    setCaret(at);
    keepDraft(draftKey, next);
  };
  const replace = (next: string, at: number): void => {
    write(next, at);
    requestAnimationFrame(() => field.current?.setSelectionRange(at, at));
  };
  const completion = useCompletion({ room, text, caret, replace });
  useFieldHeight(field, text);
  useTypeAnywhere(field, parentId === undefined);

  const length = hasInk(text) ? [...text.trim()].length : 0;
  const uploading = attached.some((upload) => upload.state === 'uploading');
  const failed = attached.some((upload) => upload.state === 'failed');
  const complete = (length > 0 || attached.length > 0) && length <= LONGEST && !failed && waitSeconds === 0;
  const maySend = complete && !uploading;
  const [failure, setFailure] = useState<string>();
  const [alsoInRoom, setAlsoInRoom] = useState(() => readAwaited(draftKey)?.alsoInRoom ?? false);
  const run = async (): Promise<void> => {
    write('', 0);
    const fault = await runCommand(room.id, text, parentId);
    setFailure(fault);
    // What was written wrong comes back to be mended, unless something else is being written by now.
    if (fault !== undefined && readDraft(draftKey) === '') replace(text, text.length);
  };
  const written = () => ({
    roomId: room.id,
    body: length > 0 ? withEmoji(text.trim(), knownEmoji()) : '',
    ...(parentId ? { parentId, alsoInRoom } : {}),
  });
  const settle = (): void => {
    uploads.clear(draftKey);
    setAlsoInRoom(false);
    write('', 0);
    field.current?.focus();
  };
  const send = (): void => {
    if (!maySend) return;
    if (runs) return void run();
    const files = attached.flatMap(({ file }) => (file ? [attachmentOf(file)] : []));
    client.realtime.send({ ...written(), files });
    settle();
  };
  const sendAt = async (at: Date): Promise<boolean> => {
    const taken = await schedule({ ...written(), fileIds: attached.flatMap(({ file }) => file?.id ?? []) }, at);
    if (taken) settle();
    return taken;
  };
  const { sendsLater, lost, sendOnceUploaded } = useSendLater({ place: draftKey, complete, attached, alsoInRoom, send });
  const complaint = failure ?? lostText(lost);
  const onChange = (event: ChangeEvent<HTMLTextAreaElement>): void => {
    write(event.currentTarget.value, event.currentTarget.selectionStart);
    setFailure(undefined);
    client.realtime.typing(room.id, event.currentTarget.value.trim() !== '' && !isCommand(event.currentTarget.value));
  };
  const editLast = (): boolean => {
    const last = text === '' && attached.length === 0 ? editLastOwn({ room, parentId, myId: me.id }) : undefined;
    // Where it is not on screen, the place of the message is gone to.
    if (last && !document.querySelector(`[data-message-id="${last.id}"]`)) void navigate(pathTo(last));
    return last !== undefined;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (completion.onKeyDown(event)) event.preventDefault();
    else if (event.key === 'Enter' && !event.shiftKey && !isComposing(event) && !isTouch()) {
      event.preventDefault();
      sendOnceUploaded();
    } else if (isPlainUp(event) ? editLast() : writingKeys.onKeyDown(event)) event.preventDefault();
    else if (event.key === 'Escape') field.current?.blur();
  };
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>): void => {
    // Spreadsheets copy a picture of the table as well.
    if (writingKeys.onPaste(event)) return event.preventDefault();
    const files = namedFiles([...event.clipboardData.files], new Date());
    if (files.length === 0) return;
    event.preventDefault();
    uploads.add(draftKey, room.id, files);
  };
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    uploads.add(draftKey, room.id, [...(event.currentTarget.files ?? [])]);
    event.currentTarget.value = '';
    // What is written next goes with the files; Enter on the button would only ask for more of them.
    field.current?.focus();
  };

  return (
    <div className={styles.composer}>
      <CompletionList
        id={listId}
        suggestions={completion.suggestions}
        selected={completion.selected}
        onSelect={completion.select}
        onTake={completion.take}
      />
      <ScheduledHere roomId={room.id} parentId={parentId} />
      <div className={styles.box}>
        <AttachmentTray uploads={attached} draftKey={draftKey} />
        <div className={styles.line}>
          <Tip label={t`Attach files`} place="above" from="start">
            <ActionIcon aria-label={t`Attach files`} size={36} onClick={() => picker.current?.click()}>
              <IconPaperclip size={19} stroke={1.7} />
            </ActionIcon>
          </Tip>
          <input ref={picker} type="file" multiple hidden onChange={choose} aria-label={t`Files to attach`} />
          <textarea
            ref={field}
            aria-label={parentId ? t`Reply` : t`Message ${room.name}`}
            placeholder={parentId ? t`Reply…` : t`Message ${room.name}`}
            dir="auto"
            rows={1}
            autoFocus={takesFocus && !isTouch()}
            value={text}
            onChange={onChange}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
            onBlur={() => client.realtime.typing(room.id, false)}
            aria-autocomplete="list"
            aria-haspopup="listbox"
            aria-controls={completion.suggestions.length > 0 ? listId : undefined}
            aria-activedescendant={completion.suggestions.length > 0 ? `${listId}-${completion.selected}` : undefined}
          />
          {(length > 0 || attached.length > 0) && <SendLaterButton disabled={!maySend} onChoose={sendAt} />}
          <Tip label={t`Send`} place="above">
            <ActionIcon
              aria-label={t`Send`}
              size={36}
              variant={complete ? 'filled' : 'subtle'}
              {...(complete ? { color: 'pine' } : {})}
              disabled={!complete || sendsLater}
              onClick={sendOnceUploaded}
            >
              <IconSend2 size={18} stroke={1.8} />
            </ActionIcon>
          </Tip>
        </div>
        {parentId && <AlsoInRoom roomName={room.name} checked={alsoInRoom} onChange={setAlsoInRoom} />}
      </div>
      <p
        className={styles.hint}
        data-warn={length > LONGEST || complaint !== undefined || undefined}
        role={complaint === undefined ? undefined : 'alert'}
      >
        {complaint ?? hintOf({ usage: completion.usage, length, waitSeconds, sendsLater })}
      </p>
    </div>
  );
}

function lostText(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  return plural(names.length, {
    one: `Not sent: ${names.join(', ')} had not arrived when the page was left. Attach it again, or send without.`,
    other: `Not sent: ${names.join(', ')} had not arrived when the page was left. Attach them again, or send without.`,
  });
}

type Hint = { usage: string | undefined; length: number; waitSeconds: number; sendsLater: boolean };

function hintOf({ usage, length, waitSeconds, sendsLater }: Hint): string {
  if (length > LONGEST) return plural(length - LONGEST, { one: '# characters too many', other: '# characters too many' });
  if (waitSeconds > 0) return t`Slow mode: you can write again in ${leftText(waitSeconds)}`;
  if (sendsLater) return t`Sends when the upload is done`;
  if (usage) return usage;
  return length > COUNT_FROM ? plural(LONGEST - length, { one: '# characters left', other: '# characters left' }) : '';
}

function focusAtEnd(field: HTMLTextAreaElement | null): void {
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
  field?.scrollTo({ top: field.scrollHeight });
}

const isPlainUp = (event: KeyboardEvent): boolean =>
  event.key === 'ArrowUp' && !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey && !isComposing(event);

/** On a touch keyboard Enter breaks the line; the button sends. */
const isTouch = (): boolean => matchMedia('(hover: none) and (pointer: coarse)').matches;

/** Grows with what is written, to half of the window. */
function useFieldHeight(field: React.RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, window.innerHeight / 2)}px`;
  }, [field, text]);
}
