import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useForm } from '../kit/use-form.ts';
import { saveResponse } from '../attachments/download.ts';
import { client } from '../session/client.ts';
import { useMe } from '../session/use-session.ts';
import { CloseAccount } from './close-account.tsx';
import styles from './profile.module.css';

/** Taking along what is here, and leaving. */
export function AccountData() {
  const [closing, setClosing] = useState(false);
  return (
    <>
      <section className={styles.section} aria-labelledby="export">
        <h2 id="export">{t`Take your data along`}</h2>
        <Export />
      </section>
      <section className={styles.section} aria-labelledby="close-account">
        <h2 id="close-account">{t`Close your account`}</h2>
        <p
          className={styles.hint}
        >{t`For good: nobody can open it again, not even an admin. Export your data first if you want to keep it.`}</p>
        {closing ? (
          <CloseAccount onCancel={() => setClosing(false)} />
        ) : (
          <div>
            <Button variant="light" color="red" onClick={() => setClosing(true)}>
              {t`Close my account…`}
            </Button>
          </div>
        )}
      </section>
    </>
  );
}

function Export() {
  const me = useMe();
  const form = useForm(async () => saveResponse(await client.me.export(), `atrium-${me.username}.zip`));
  return (
    <>
      <p className={styles.hint}>
        {t`A zip with your profile, sessions, rooms, messages, questions, credits, and a list of the files that you uploaded.`}
      </p>
      {form.failure && (
        <p className={styles.failure} role="alert">
          {form.failure}
        </p>
      )}
      <div>
        <Button variant="default" leftSection={<IconDownload size={16} />} loading={form.busy} onClick={() => form.submit()}>
          {t`Export my data`}
        </Button>
      </div>
    </>
  );
}
