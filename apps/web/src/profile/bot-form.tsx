import { t } from '@lingui/core/macro';
import { BOT_SCOPES, accounts, type BotScope } from '@atrium/contracts';
import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import { useForm } from '../kit/use-form.ts';
import styles from './profile.module.css';
import { scopeLabels } from './scope-labels.ts';
import { client } from '../session/client.ts';
import { ShowToken } from './show-token.tsx';

type Scope = z.output<typeof BotScope>;
const USUAL: Scope[] = ['rooms:read', 'messages:read', 'messages:write'];

/** Makes a bot, and shows its first token. */
export function BotForm({ onMade }: { onMade: () => Promise<unknown> }) {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(USUAL);
  const [made, setMade] = useState<string>();
  const input = { name, scopes: scopes as Scope[] };
  const form = useForm(
    async () => {
      const { token } = await client.bots.create(input);
      setMade(token);
      setName('');
      setScopes(USUAL);
      await onMade();
    },
    () => accounts.createBot.input.safeParse(input),
  );
  if (made !== undefined)
    return <ShowToken token={made} label={t`Token of the bot`} reader={t`the bot`} onKept={() => setMade(undefined)} />;
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      <TextInput
        label={t`Name of a new bot`}
        placeholder={t`Deployer`}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={form.errorOf('name') ?? form.errorOf('username') ?? form.errorOf('displayName')}
      />
      <Checkbox.Group label={t`It may`} value={scopes} onChange={setScopes} error={form.errorOf('scopes')}>
        <div className={styles.choices}>
          {BOT_SCOPES.map((scope) => (
            <Checkbox key={scope} value={scope} label={scopeLabels()[scope]} />
          ))}
        </div>
      </Checkbox.Group>
      {form.failure && (
        <p className={styles.failure} role="alert">
          {form.failure}
        </p>
      )}
      <div>
        <Button type="submit" loading={form.busy} disabled={name.trim() === ''}>
          {t`Make a bot`}
        </Button>
      </div>
    </form>
  );
}
