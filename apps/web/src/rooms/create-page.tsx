import { t } from '@lingui/core/macro';
import { Button, Input, PasswordInput, SegmentedControl, TextInput, Textarea } from '@mantine/core';
import { newId } from '@atrium/client';
import { rooms } from '@atrium/contracts';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useForm } from '../kit/use-form.ts';
import { live } from '../live/live.ts';
import { client } from '../session/client.ts';
import { BackLink } from '../kit/back-link.tsx';
import styles from '../kit/page.module.css';

const CreateForm = rooms.create.input.pick({ name: true, topic: true, description: true, visibility: true, password: true });

export function CreatePage() {
  const navigate = useNavigate();
  const key = useRef(newId());
  const [name, setName] = useState('');
  const [topic, setTopic] = useState('');
  const [description, setDescription] = useState('');
  const [visibility, setVisibility] = useState<'public' | 'private'>('public');
  const [password, setPassword] = useState('');
  const input = { name, topic, description, visibility, ...(password ? { password } : {}) };
  const form = useForm(
    async () => {
      const room = await client.rooms.create(input, key.current);
      live.joined(room);
      void navigate(`/rooms/${room.id}`);
    },
    () => CreateForm.safeParse(input),
  );
  return (
    <div className={styles.page}>
      <BackLink to="/rooms">{t`All rooms`}</BackLink>
      <h1>{t`Create a room`}</h1>
      <p className={styles.lead}>{t`You will be its host. Everything here can be changed later.`}</p>
      <form className={styles.form} onSubmit={form.submit} noValidate>
        <TextInput
          label={t`Name`}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={form.errorOf('name')}
          autoFocus
          required
          withAsterisk={false}
        />
        <TextInput
          label={t`Topic`}
          description={t`One line on what it is about`}
          value={topic}
          onChange={(event) => setTopic(event.currentTarget.value)}
          error={form.errorOf('topic')}
        />
        <Textarea
          label={t`Description`}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
          error={form.errorOf('description')}
          minRows={2}
        />
        <fieldset className={styles.fieldset}>
          <legend className={styles.legend}>{t`Who finds it`}</legend>
          <SegmentedControl
            aria-label={t`Visibility`}
            value={visibility}
            onChange={(value) => setVisibility(value === 'private' ? 'private' : 'public')}
            data={[
              { value: 'public', label: t`Public` },
              { value: 'private', label: t`Private` },
            ]}
          />
          <Input.Description mt={8}>
            {visibility === 'private'
              ? t`Nobody finds it: people come in by an invite, or by its link and its password`
              : t`Everybody on this server finds it under Discover rooms, and can join`}
          </Input.Description>
        </fieldset>
        <PasswordInput
          label={t`Room password`}
          description={t`Optional; asked for once, when someone joins`}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={form.errorOf('password')}
          autoComplete="new-password"
        />
        {visibility === 'private' && password === '' && (
          <p className={styles.notice}>{t`Without a password nobody else can enter, not even with the link. You can set one later.`}</p>
        )}
        {form.failure && (
          <p className={styles.failure} role="alert">
            {form.failure}
          </p>
        )}
        <div className={styles.actions}>
          <Button type="submit" loading={form.busy} disabled={name.trim() === ''}>
            {t`Create room`}
          </Button>
        </div>
      </form>
    </div>
  );
}
