import { t } from '@lingui/core/macro';
import type { LinkPreview, Message } from '@atrium/contracts';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { showError } from '../kit/toasts.tsx';
import { live } from '../live/live.ts';
import { type JoinedRoom, isModerator } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { useMe } from '../session/use-session.ts';
import styles from './link-previews.module.css';

/** What the pages that a message links to say of themselves. Readers never meet those pages' servers: the pictures are ours. */
export function LinkPreviews({ message, room }: { message: Message; room: JoinedRoom }) {
  const me = useMe();
  const mayRemove = message.authorId === me.id || isModerator(room);
  const remove = (): void =>
    void client.messages
      .removePreviews(message.roomId, message.id)
      .then((changed) => live.timelines.room(message.roomId).replace(changed), showError);
  return (
    <ul className={styles.previews} aria-label={t`Link previews`}>
      {message.previews?.map((preview, index) => (
        <li key={preview.id} className={styles.preview}>
          <a href={preview.url} target="_blank" rel="noopener noreferrer nofollow" className={styles.link}>
            <span className={styles.site}>{preview.site}</span>
            <span className={styles.title} dir="auto">
              {preview.title}
            </span>
            {preview.description && (
              <span className={styles.description} dir="auto">
                {preview.description}
              </span>
            )}
            {preview.image && <Picture message={message} preview={preview} size={preview.image} />}
          </a>
          {mayRemove && index === 0 && (
            <button
              type="button"
              className={styles.remove}
              aria-label={t`Remove the link previews`}
              title={t`Remove the link previews`}
              onClick={remove}
            >
              <IconX size={14} aria-hidden />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

type PictureProps = { message: Message; preview: LinkPreview; size: { width: number; height: number } };

/** Its place is as large as the picture will be, so that nothing moves when it arrives. */
function Picture({ message, preview, size }: PictureProps) {
  const picture = useQuery({
    queryKey: ['preview', message.roomId, preview.id],
    queryFn: async () => dataUrl(await (await client.messages.previewImage(message.roomId, message.id, preview.id)).blob()),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (picture.isError) return null;
  return (
    <span className={styles.picture} style={{ aspectRatio: `${size.width} / ${size.height}`, width: Math.min(size.width, 360) }}>
      {picture.data && <img src={picture.data} alt="" />}
    </span>
  );
}

/** Small enough to be kept as text, which needs nobody to let go of it. */
const dataUrl = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('the picture cannot be read'));
    reader.readAsDataURL(blob);
  });
