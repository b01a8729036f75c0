import { t } from '@lingui/core/macro';
import { copyText } from '../kit/clipboard.ts';
import { showError, showToast } from '../kit/toasts.tsx';
import type { JoinedRoom } from './joined-room.ts';

/** The link of a private room leads whom it is given to the password form. */
function linkOf({ id, me }: JoinedRoom): string {
  const place = `${window.location.origin}/rooms/${id}`;
  return me.linkKey ? `${place}/join?key=${me.linkKey}` : place;
}

export const copyLinkOf = (room: JoinedRoom): Promise<void> => copyText(linkOf(room)).then(() => showToast(t`Link copied.`), showError);
