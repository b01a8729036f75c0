import { t } from '@lingui/core/macro';
import type { Notification as Told } from '@atrium/contracts';
import { live } from '../live/live.ts';
import { sayWhy } from './reasons.ts';
import { soundOnce } from './sound-once.ts';

const TONES = [
  { at: 0, frequency: 660 },
  { at: 0.12, frequency: 880 },
];

/** Shows and sounds a notification. The browser's own is shown only while the page is not looked at. */
export async function ring(told: Told, sound: boolean): Promise<void> {
  // Not every browser has them everywhere.
  const { locks } = navigator as { locks?: LockManager };
  if (sound) await soundOnce(told.id, play, { storage: localStorage, locks });
  if (document.visibilityState === 'visible' && document.hasFocus()) return;
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
  const author = told.sender?.name ?? live.people.snapshot().people.get(told.actorId)?.displayName ?? t`Someone`;
  const shown = new Notification(sayWhy(author, told.reasons), { body: told.excerpt, tag: told.id, silent: true });
  shown.onclick = () => {
    window.focus();
    window.location.assign(placeOf(told));
  };
}

/** Where a notification leads: its message in the room, or in the thread. */
export const placeOf = ({ roomId, seq, threadId }: Told): string =>
  threadId === undefined ? `/rooms/${roomId}?at=${seq}` : `/rooms/${roomId}/thread/${threadId}?at=${seq}`;

/** Browsers stay silent until somebody has touched the page. @returns whether it sounds */
async function play(): Promise<boolean> {
  const audio = new AudioContext();
  if (audio.state === 'suspended') {
    await audio.close();
    return false;
  }
  for (const { at, frequency } of TONES) {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.06, audio.currentTime + at);
    volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + at + 0.25);
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + at);
    tone.stop(audio.currentTime + at + 0.25);
  }
  setTimeout(() => void audio.close(), 1000);
  return true;
}
