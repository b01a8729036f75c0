import type { KeyboardEvent } from 'react';

/**
 * Whether a key belongs to an input method. Safari ends the composition before it tells of the Enter that ended it;
 * that key has the code 229, which no key of its own has (UI Events, legacy key attributes).
 */
export const isComposing = (event: KeyboardEvent): boolean => event.nativeEvent.isComposing || event.keyCode === 229;
