/** Atrium's sign: an arch within an arch. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <g fill="none" stroke="var(--on-accent)" strokeWidth="2.6" strokeLinecap="round">
        <path d="M8 24V14a8 8 0 0 1 16 0v10" />
        <path d="M13 24v-8.5a3 3 0 0 1 6 0V24" opacity=".75" />
      </g>
    </svg>
  );
}
