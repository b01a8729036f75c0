import { t } from '@lingui/core/macro';
import { SCOPES, accounts, type Scope } from '@atrium/contracts';
import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { queryClient } from '../kit/query-client.ts';
import { useForm } from '../kit/use-form.ts';
import { client } from '../session/client.ts';
import { useMe } from '../session/use-session.ts';
import styles from './profile.module.css';
import { scopeLabels } from './scope-labels.ts';
import { ShowToken } from './show-token.tsx';

const CreateForm = accounts.createToken.input;
const DAY_MS = 24 * 60 * 60 * 1000;

export function TokenForm() {
  const me = useMe();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>([]);
  const [days, setDays] = useState('90');
  const [made, setMade] = useState<string>();
  const inputOf = () => ({
    name,
    scopes: scopes as Scope[],
    ...(days === '' ? {} : { expiresAt: new Date(Date.now() + Number(days) * DAY_MS).toISOString() }),
  });
  const form = useForm(
    async () => {
      const { token } = await client.security.createToken(inputOf());
      setMade(token);
      setName('');
      setScopes([]);
      await queryClient.invalidateQueries({ queryKey: ['tokens'] });
    },
    () => CreateForm.safeParse(inputOf()),
  );
  if (made) return <ShowToken token={made} label={t`Access token`} reader={t`the script`} onKept={() => setMade(undefined)} />;
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      <TextInput label={t`Token name`} value={name} onChange={(event) => setName(event.currentTarget.value)} error={form.errorOf('name')} />
      <Checkbox.Group label={t`It may`} value={scopes} onChange={setScopes} error={form.errorOf('scopes')}>
        <div className={styles.choices}>
          {SCOPES.filter((scope) => scope !== 'admin' || me.role === 'admin').map((scope) => (
            <Checkbox key={scope} value={scope} label={scopeLabels()[scope]} />
          ))}
        </div>
      </Checkbox.Group>
      <NativeSelect
        label={t`It ends`}
        value={days}
        onChange={(event) => setDays(event.currentTarget.value)}
        data={[
          { value: '7', label: t`In a week` },
          { value: '30', label: 'In 30 days' },
          { value: '90', label: 'In 90 days' },
          { value: '365', label: t`In a year` },
          { value: '', label: t`When it is revoked` },
        ]}
      />
      {form.failure && (
        <p className={styles.failure} role="alert">
          {form.failure}
        </p>
      )}
      <div>
        <Button type="submit" loading={form.busy} disabled={name.trim() === ''}>
          {t`Make a token`}
        </Button>
      </div>
    </form>
  );
}
