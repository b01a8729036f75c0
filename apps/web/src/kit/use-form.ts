import { t } from '@lingui/core/macro';
import { AtriumError, type AtriumErrorCode } from '@atrium/client';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { fieldText, problemText } from '../language/problem-text.ts';

type Issue = { path: PropertyKey[]; message: string };
type Validation = { success: true } | { success: false; error: { issues: Issue[] } };
type Form = {
  busy: boolean;
  /** What went wrong apart from single fields. */
  failure: string | undefined;
  code: AtriumErrorCode | undefined;
  errorOf: (path: string) => string | undefined;
  submit: (event?: FormEvent) => void;
};

/** Submitting a form: checked here with the contract's schema, and what the server says shown at its field. */
export function useForm(send: () => Promise<unknown>, validate?: () => Validation): Form {
  const [busy, setBusy] = useState(false);
  const [fields, setFields] = useState<Record<string, string>>({});
  const [error, setError] = useState<AtriumError>();

  const refused = useRef<HTMLFormElement>(undefined);
  useEffect(() => {
    // A button that waits lets the focus go: whoever was refused goes on where it can be mended.
    if (busy || !refused.current || document.activeElement !== document.body) return;
    fieldToMend(refused.current)?.focus();
    refused.current = undefined;
  }, [busy]);

  const run = async (form: HTMLFormElement | undefined): Promise<void> => {
    const validation = validate?.();
    if (validation && !validation.success) return setFields(fieldErrors(validation.error.issues.map(readIssue)));
    setFields({});
    setError(undefined);
    setBusy(true);
    try {
      await send();
    } catch (thrown) {
      const failure = AtriumError.from(thrown);
      setError(failure);
      setFields(fieldErrors(failure.errors));
      refused.current = form;
    }
    setBusy(false);
  };

  return {
    busy,
    failure: error && error.errors.length === 0 ? sentenceOf(error) : undefined,
    code: error?.code,
    errorOf: (path) => fields[path],
    submit: (event) => {
      event?.preventDefault();
      if (!busy) void run(event?.currentTarget instanceof HTMLFormElement ? event.currentTarget : undefined);
    },
  };
}

const readIssue = (issue: Issue) => ({ path: issue.path.map(String).join('.'), message: issue.message });

const fieldErrors = (errors: { path: string; message: string }[]): Record<string, string> =>
  Object.fromEntries(errors.map(({ path, message }) => [path, capitalized(fieldText(message))]));

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** How long to wait is part of the sentence when the server told. */
export function sentenceOf(error: AtriumError): string {
  // The sentence may say it already.
  const text = problemText(error);
  if (error.retryAfterSeconds === undefined || error.retryAfterSeconds < 1 || /try again in \d/i.test(text)) return text;
  const minutes = Math.ceil(error.retryAfterSeconds / 60);
  const wait = error.retryAfterSeconds < 90 ? t`${Math.ceil(error.retryAfterSeconds)} seconds` : t`${minutes} minutes`;
  return t`${text.replace(/\.$/, '')}. Try again in ${wait}.`;
}

/** The field in which a refused form is mended: the one at fault, else the secret that was wrong, else the first. */
function fieldToMend(form: HTMLFormElement): HTMLElement | undefined {
  const fields = 'input:not([type="hidden"], [disabled]), textarea:not([disabled])';
  for (const wanted of ['[aria-invalid="true"]', 'input[type="password"]:not([disabled])', fields]) {
    const found = form.querySelector<HTMLElement>(wanted);
    if (found) return found;
  }
  return undefined;
}
