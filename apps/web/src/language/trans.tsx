import type { TransProps } from '@lingui/react';
import { TransNoContext } from '@lingui/react/server';
import { i18n, idOf } from './i18n.ts';

const lingui = { i18n, _: i18n._.bind(i18n) };

/** A sentence with elements in it, in the chosen language. `<Trans>` of the macro comes to this. */
export const Trans = (props: Pick<TransProps, 'message' | 'values' | 'components'>) => (
  <TransNoContext {...props} id={idOf(props.message)} lingui={lingui} />
);
