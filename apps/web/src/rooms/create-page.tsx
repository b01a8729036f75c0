import { Button, PasswordInput, SegmentedControl, TextInput, Textarea } from '@mantine/core';
import { newId } from '@atrium/client';
import { rooms } from '@atrium/contracts';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useForm } from '../app/use-form.ts';
import { live } from '../live/live.ts';
import { client } from '../session/client.ts';
import { BackLink } from './back-link.tsx';
import styles from './page.module.css';

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
      <BackLink to="/rooms">All rooms</BackLink>
      <h1>Create a room</h1>
      <p className={styles.lead}>You will be its host. Everything here can be changed later.</p>
      <form className={styles.form} onSubmit={form.submit} noValidate>
        <TextInput
          label="Name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={form.errorOf('name')}
          autoFocus
          required
          withAsterisk={false}
        />
        <TextInput
          label="Topic"
          description="One line on what it is about"
          value={topic}
          onChange={(event) => setTopic(event.currentTarget.value)}
          error={form.errorOf('topic')}
        />
        <Textarea
          label="Description"
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
          error={form.errorOf('description')}
          minRows={2}
        />
        <fieldset className={styles.fieldset}>
          <legend className={styles.legend}>Who finds it</legend>
          <SegmentedControl
            aria-label="Visibility"
            value={visibility}
            onChange={(value) => setVisibility(value === 'private' ? 'private' : 'public')}
            data={[
              { value: 'public', label: 'Public' },
              { value: 'private', label: 'Private' },
            ]}
          />
        </fieldset>
        <PasswordInput
          label="Room password"
          description={
            visibility === 'private'
              ? 'A private room is hidden: whoever is to come in needs its link and this password'
              : 'Optional; asked for once, when someone joins'
          }
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={form.errorOf('password')}
          autoComplete="new-password"
        />
        {visibility === 'private' && password === '' && (
          <p className={styles.notice}>Without a password nobody else can enter, not even with the link. You can set one later.</p>
        )}
        {form.failure && (
          <p className={styles.failure} role="alert">
            {form.failure}
          </p>
        )}
        <div className={styles.actions}>
          <Button type="submit" loading={form.busy} disabled={name.trim() === ''}>
            Create room
          </Button>
        </div>
      </form>
    </div>
  );
}
