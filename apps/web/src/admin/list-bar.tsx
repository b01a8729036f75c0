import { NativeSelect, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import styles from './admin.module.css';

export type Choice = { name: string; label: string; options: readonly { value: string; label: string }[] };

type ListBarProps = { search?: string; choices?: readonly Choice[]; children?: ReactNode };

/** What narrows a list down, and what is done with those that were chosen. A slash goes to the search. */
export function ListBar({ search, choices = [], children }: ListBarProps) {
  const [get, set] = useFilters();
  return (
    <div className={styles.bar}>
      {search !== undefined && <SearchField label={search} />}
      {choices.map(({ name, label, options }) => (
        <NativeSelect
          key={name}
          aria-label={label}
          data={[{ value: '', label }, ...options]}
          value={get(name)}
          onChange={(event) => set(name, event.currentTarget.value)}
        />
      ))}
      {children}
    </div>
  );
}

function SearchField({ label }: { label: string }) {
  const field = useRef<HTMLInputElement>(null);
  useHotkeys([['/', () => field.current?.focus()]]);
  return <FilterField ref={field} name="query" label={label} icon={<IconSearch size={16} aria-hidden />} />;
}

type FilterFieldProps = { name: string; label: string; icon?: ReactNode; ref?: React.Ref<HTMLInputElement> };

/** A text by which a list is narrowed down. */
export function FilterField({ name, label, icon, ref }: FilterFieldProps) {
  const [text, type] = useTypedFilter(name);
  return (
    <TextInput
      ref={ref}
      className={styles.search}
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={icon}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}

const SETTLES_AFTER_MS = 250;

/** What is sought stands in the address, so that a reload or a link shows the same list. */
export function useFilters(): [get: (name: string) => string, set: (name: string, value: string) => void] {
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string): void => {
    setParams(
      (now) => {
        if (value === '') now.delete(name);
        else now.set(name, value);
        return now;
      },
      { replace: true },
    );
  };
  return [(name) => params.get(name) ?? '', set];
}

/** A text over one of them, which reaches the address when the typist rests. */
function useTypedFilter(name: string): [text: string, type: (text: string) => void] {
  const [get, set] = useFilters();
  const settled = get(name);
  const [typed, setTyped] = useState<string>();
  useEffect(() => {
    if (typed === undefined || typed === settled) return;
    const timer = setTimeout(() => set(name, typed), SETTLES_AFTER_MS);
    return () => clearTimeout(timer);
  });
  return [typed ?? settled, setTyped];
}
