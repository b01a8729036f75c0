import { t } from '@lingui/core/macro';
import { ActionIcon } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Suspense, lazy, useState } from 'react';

const SendLaterMenu = lazy(() => import('../scheduled/send-later-menu.tsx').then((m) => ({ default: m.SendLaterMenu })));

type SendLaterProps = { disabled: boolean; onChoose: (at: Date) => Promise<boolean> };

/** Leads to sending later. The menu arrives when it is opened first. */
export function SendLaterButton(props: SendLaterProps) {
  const [asked, setAsked] = useState(false);
  const closed = (
    <ActionIcon aria-label={t`Send later`} size={36} w={24} onClick={() => setAsked(true)}>
      <IconChevronDown size={16} stroke={1.8} />
    </ActionIcon>
  );
  if (!asked) return closed;
  return (
    <Suspense fallback={closed}>
      <SendLaterMenu {...props} />
    </Suspense>
  );
}
