import { t } from '@lingui/core/macro';
import { Popover, TextInput } from '@mantine/core';
import { IconMoodPlus, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { EMOJI } from '../writing/emoji.ts';
import { recent } from './recent.ts';
import { skinTones, storeTone, storedTone, withTone } from './skin-tone.ts';
import styles from './emoji-picker.module.css';

const toneNames = () => [t`Default`, t`Light`, t`Medium light`, t`Medium`, t`Medium dark`, t`Dark`];
/** Some signs have several names. */
const SIGNS = EMOJI.filter(({ sign }, index) => EMOJI.findIndex((one) => one.sign === sign) === index);

type EmojiPickerProps = {
  onPick: (sign: string) => void;
  /** What the button does, and what it shows. */
  label?: string;
  caption?: string;
  children?: ReactNode;
  startsOpen?: boolean;
};

/** All emoji: found by name, those used last first, in one's own skin tone. */
export function EmojiPicker({ onPick, label = t`React`, caption = t`Pick a reaction`, children, startsOpen = true }: EmojiPickerProps) {
  const [open, setOpen] = useState(startsOpen);
  const [query, setQuery] = useState('');
  const [tone, setTone] = useState(storedTone);
  const used = useSyncExternalStore(recent.subscribe, recent.snapshot);
  // A field that takes the focus brings up a keyboard over what one came for.
  const isTouch = matchMedia('(hover: none)').matches;
  const wanted = query.trim().toLowerCase().replaceAll(' ', '_');
  const found = wanted === '' ? SIGNS : unique(EMOJI.filter(({ name }) => name.includes(wanted)));
  const pick = (sign: string): void => {
    setOpen(false);
    onPick(sign);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="top-end" trapFocus={!isTouch} returnFocus withinPortal>
      <Popover.Target>
        <button type="button" aria-label={label} onClick={() => setOpen(!open)}>
          {children ?? <IconMoodPlus size={17} stroke={1.7} aria-hidden />}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.picker} aria-label={caption}>
        <TextInput
          aria-label={t`Search emoji`}
          placeholder={t`Search emoji`}
          leftSection={<IconSearch size={15} stroke={1.8} aria-hidden />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = found;
            if (event.key === 'Enter' && first) pick(withTone(first.sign, tone));
          }}
          data-autofocus
        />
        <div className={styles.scroll}>
          {wanted === '' && used.length > 0 && (
            <Signs caption={t`Used last`} signs={used.map((sign) => ({ sign, name: sign }))} pick={pick} />
          )}
          <Signs
            caption={wanted === '' ? t`All` : t`Found`}
            signs={found.map(({ sign, name }) => ({ sign: withTone(sign, tone), name }))}
            pick={pick}
          />
          {found.length === 0 && <p className={styles.none}>{t`No emoji is called that.`}</p>}
        </div>
        <div className={styles.tones} role="radiogroup" aria-label={t`Skin tone`}>
          {skinTones.map((one, index) => (
            <button
              key={one}
              type="button"
              role="radio"
              aria-checked={one === tone}
              aria-label={toneNames()[index]}
              onClick={() => {
                storeTone(one);
                setTone(one);
              }}
            >
              {withTone('✋', one)}
            </button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

type Sign = { sign: string; name: string };
const unique = (signs: readonly Sign[]): Sign[] => signs.filter(({ sign }, index) => signs.findIndex((one) => one.sign === sign) === index);

function Signs({ caption, signs, pick }: { caption: string; signs: readonly Sign[]; pick: (sign: string) => void }) {
  return (
    <section aria-label={caption}>
      <h3 className={styles.caption}>{caption}</h3>
      <div className={styles.signs}>
        {signs.map(({ sign, name }) => (
          <button key={sign} type="button" aria-label={name.replaceAll('_', ' ')} title={name} onClick={() => pick(sign)}>
            {sign}
          </button>
        ))}
      </div>
    </section>
  );
}
