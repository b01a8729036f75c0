import { NativeSelect, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';
import styles from './admin.module.css';
import { useFilters, useTypedFilter } from './use-search.ts';

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
