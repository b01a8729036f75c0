import { Trans } from '@lingui/react/macro';
import { plural, t } from '@lingui/core/macro';
import type { Message, Poll } from '@atrium/contracts';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { showError } from '../kit/toasts.tsx';
import { saveResponse } from '../attachments/download.ts';
import { useNames } from '../live/use-live.ts';
import { PersonName } from '../people/person-name.tsx';
import type { JoinedRoom } from '../room/joined-room.ts';
import { isModerator } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { useMe } from '../session/use-session.ts';
import { MessageBody } from '../messages/message-body.tsx';
import styles from './poll-card.module.css';
import { pollKey, putPoll } from '../live/polls.ts';

type PollCardProps = { message: Message; room: JoinedRoom; pollId: string };

/** A poll: its options with what each has, to be chosen at a press. */
export function PollCard({ message, room, pollId }: PollCardProps) {
  const found = useQuery({
    queryKey: pollKey(room.id, pollId),
    queryFn: async () => (await client.bot.polls(room.id, [pollId])).items[0] ?? null,
  });
  // Until it is known, and where it cannot be, the message's own words say what was asked.
  return found.data ? <OpenPoll poll={found.data} room={room} /> : <MessageBody message={message} />;
}

function OpenPoll({ poll, room }: { poll: Poll; room: JoinedRoom }) {
  const me = useMe();
  const headingId = useId();
  const mine = poll.mine ?? [];
  const vote = useMutation({
    mutationFn: (options: number[]) => client.bot.vote(room.id, poll.id, options),
    onSuccess: putPoll,
    onError: showError,
  });
  const close = useMutation({ mutationFn: () => client.bot.closePoll(room.id, poll.id), onSuccess: putPoll, onError: showError });
  const choose = (option: number): void => {
    const without = mine.filter((one) => one !== option);
    vote.mutate(mine.includes(option) ? without : poll.multiple ? [...without, option] : [option]);
  };
  const save = (): void =>
    void client.bot
      .exportPoll(room.id, poll.id)
      .then((response) => saveResponse(response, 'poll.csv'))
      .catch(showError);
  const isOpen = poll.closedAt === null;
  return (
    <section className={styles.poll} aria-labelledby={headingId}>
      <p className={styles.question} id={headingId} dir="auto">
        {poll.question}
      </p>
      <p className={styles.rules}>
        <Trans>
          Poll by <PersonName userId={poll.authorId} />
        </Trans>
        {poll.multiple && t` · several answers`}
        {poll.anonymous && t` · secret votes`}
        {!isOpen && t` · closed`}
      </p>
      <ul className={styles.options}>
        {poll.options.map((option, index) => (
          <Option
            key={index}
            option={option}
            voters={poll.voters}
            chosen={mine.includes(index)}
            disabled={!isOpen || vote.isPending}
            onChoose={() => choose(index)}
          />
        ))}
      </ul>
      <footer className={styles.foot}>
        <span role="status">{plural(poll.voters, { one: '# vote', other: '# votes' })}</span>
        <Button variant="subtle" size="compact-sm" onClick={save}>
          {t`Export results`}
        </Button>
        {isOpen && (poll.authorId === me.id || isModerator(room)) && (
          <Button variant="subtle" size="compact-sm" loading={close.isPending} onClick={() => close.mutate()}>
            {t`Close poll`}
          </Button>
        )}
      </footer>
    </section>
  );
}

type OptionProps = { option: Poll['options'][number]; voters: number; chosen: boolean; disabled: boolean; onChoose: () => void };

function Option({ option, voters, chosen, disabled, onChoose }: OptionProps) {
  const name = useNames();
  const share = voters === 0 ? 0 : Math.round((100 * option.votes) / voters);
  return (
    <li>
      <button
        type="button"
        className={styles.option}
        aria-pressed={chosen}
        disabled={disabled}
        onClick={onChoose}
        title={option.userIds.length > 0 ? option.userIds.map(name).join(', ') : undefined}
        style={{ '--share': `${share}%` } as React.CSSProperties}
      >
        <span dir="auto">{option.text}</span>
        <span className={styles.votes}>
          {option.votes} · {share}%
        </span>
      </button>
    </li>
  );
}
