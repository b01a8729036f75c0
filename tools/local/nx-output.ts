// What nx prints with `--output-style=static`: a section per task, then a summary.
const summary = /^ NX {3}/m;

/** The tasks (`rooms:lint`) that nx lists as failed. */
export function failedTasks(output: string): string[] {
  const list = /^Failed tasks:\s*\n((?:- .+\n?)+)/m.exec(output)?.[1] ?? '';
  return [...list.matchAll(/^- (.+)$/gm)].map((match) => (match[1] ?? '').trim());
}

/** What each task printed, by its name. */
export function outputOfTasks(output: string): Map<string, string> {
  const sections = output.split(/^> nx run /m).slice(1);
  return new Map(
    sections.map((section) => {
      const [name = '', ...rest] = (section.split(summary)[0] ?? '').split('\n');
      return [name.replace(/ +\[.*\]$/, '').trim(), rest.join('\n').trim()];
    }),
  );
}
