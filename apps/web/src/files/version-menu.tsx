import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Menu } from '@mantine/core';
import type { FileRecord } from '@atrium/contracts';
import { useQuery } from '@tanstack/react-query';
import { IconChevronDown } from '@tabler/icons-react';
import { Link } from 'react-router';
import { PersonName } from '../people/person-name.tsx';
import { client } from '../session/client.ts';
import { Time } from '../time/time.tsx';
import styles from './version-menu.module.css';

const MOST_SHOWN = 100;

type VersionMenuProps = { file: FileRecord; linkTo: (fileId: string) => string };

/** Which of the files of its name it is, and the way to the others; nothing where it is the only one. */
export function VersionMenu({ file, linkTo }: VersionMenuProps) {
  const { items, numberOf } = useVersions(file);
  if (items.length < 2) return null;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={styles.button} aria-label={t`Version ${numberOf(file)} of ${file.name}: choose another`}>
          {t`Version ${numberOf(file)}`}
          <IconChevronDown size={13} stroke={1.8} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map((one, index) => (
          <Menu.Item key={one.id} component={Link} to={linkTo(one.id)} aria-current={one.id === file.id || undefined}>
            <span className={styles.version}>
              {t`Version ${numberOf(one)}`}
              {index === 0 && t`, the newest`}
            </span>
            <small className={styles.by}>
              <PersonName userId={one.uploaderId} /> · <Time at={one.createdAt} />
            </small>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Says that there is a newer one. Questions to the room and searches are answered from that. */
export function ReplacedNotice({ file, linkTo }: VersionMenuProps) {
  const { items, numberOf } = useVersions(file);
  const newest = items[0];
  if (!newest || newest.id === file.id || newest.draft || file.draft) return null;
  return (
    <p className={styles.notice}>
      <Trans>
        This is version {numberOf(file)}. Questions to the room and searches are answered from the newest.{' '}
        <Link to={linkTo(newest.id)}>Open version {numberOf(newest)}</Link>
      </Trans>
    </p>
  );
}

function useVersions(file: FileRecord) {
  const found = useQuery({
    queryKey: ['file-versions', file.roomId, file.id],
    queryFn: () => client.files.versions(file.roomId, file.id, { limit: MOST_SHOWN }),
  });
  const items = found.data?.items ?? [];
  const revisions = new Map(items.map((one) => [one.id, one.revision]));
  return { items, numberOf: ({ id }: FileRecord): number => revisions.get(id) ?? 1 };
}
