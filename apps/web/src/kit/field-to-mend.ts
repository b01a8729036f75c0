/** The field in which a refused form is mended: the one at fault, else the secret that was wrong, else the first. */
export function fieldToMend(form: HTMLFormElement): HTMLElement | undefined {
  const fields = 'input:not([type="hidden"], [disabled]), textarea:not([disabled])';
  for (const wanted of ['[aria-invalid="true"]', 'input[type="password"]:not([disabled])', fields]) {
    const found = form.querySelector<HTMLElement>(wanted);
    if (found) return found;
  }
  return undefined;
}
