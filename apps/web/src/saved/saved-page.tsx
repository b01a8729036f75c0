import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { SavedMessage } from '@atrium/contracts';
import { Button } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { Link } from 'react-router';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { useRooms } from '../live/use-live.ts';
import { MessageAuthor } from '../people/message-author.tsx';
import { BackLink } from '../kit/back-link.tsx';
import page from '../kit/overview.module.css';
import { Time } from '../time/time.tsx';
import { MessageBody } from '../messages/message-body.tsx';
import { pathTo } from '../messages/acts.ts';
import { keepForLater, useSaved } from './use-saved.ts';
import { problemText } from '../language/problem-text.ts';

/** Messages kept for later, those kept last first. */
export function SavedPage() {
  const saved = useSaved();
  const items = saved.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <div className={page.page}>
      <BackLink to="/rooms">{t`All rooms`}</BackLink>
      <h1>{t`Saved`}</h1>
      {saved.isPending && <PanelSkeleton />}
      {saved.isError && (
        <Problem
          title={t`Saved messages cannot be shown`}
          detail={problemText(saved.error)}
          action={t`Try again`}
          onAction={() => void saved.refetch()}
        />
      )}
      {saved.isSuccess && items.length === 0 && (
        <Problem
          icon={<IconBookmark size={22} stroke={1.7} />}
          title={t`Nothing is saved`}
          detail={t`Choose “Save for later” among the actions of a message, and it waits for you here. Nobody else sees it.`}
        />
      )}
      <ul className={page.list} aria-label={t`Saved messages`}>
        {items.map((item) => (
          <Saved key={item.message.id} {...item} />
        ))}
      </ul>
      {saved.hasNextPage && (
        <Button variant="subtle" loading={saved.isFetchingNextPage} onClick={() => void saved.fetchNextPage()}>
          {t`Show more`}
        </Button>
      )}
    </div>
  );
}

function Saved({ message, savedAt }: SavedMessage) {
  const room = useRooms().find(({ id }) => id === message.roomId);
  return (
    <li className={page.item}>
      <header>
        <MessageAuthor message={message} size={24} className={page.author} />
        <span className={page.room}>{room?.name}</span>
        <Time at={message.createdAt} className={page.time} />
      </header>
      <MessageBody message={message} />
      <footer>
        <Link to={pathTo(message)}>{t`Jump to it`}</Link>
        <button type="button" onClick={() => keepForLater(message, false)}>
          {t`Remove from saved`}
        </button>
        <span className={page.time}>
          <Trans>
            saved <Time at={savedAt} />
          </Trans>
        </span>
      </footer>
    </li>
  );
}
