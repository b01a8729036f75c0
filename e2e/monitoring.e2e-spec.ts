import { metricsIn, readAlerts, readPanels } from '../deploy/checks/monitoring.ts';
import { readStack } from './support/stack.ts';

/** What Prometheus itself knows of each target. */
const OF_PROMETHEUS = ['up'];

/** The names of what one process measures, also of what has no value yet. */
async function measuredAt(healthPort: number | undefined): Promise<string[]> {
  const page = await (await fetch(`http://127.0.0.1:${healthPort}/metrics`)).text();
  return [...page.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name, type]) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name!],
  );
}

describe('The metrics of the running processes', () => {
  it('are all that the alert rules and the dashboard ask for', async () => {
    const services = (await readStack()).processes.filter(({ kind }) => kind === 'service');
    const measured = (await Promise.all(services.map(({ healthPort }) => measuredAt(healthPort)))).flat();
    const asked = [...readAlerts(), ...readPanels().flatMap(({ targets }) => targets)].flatMap(({ expr }) => metricsIn(expr));
    expect([...measured, ...OF_PROMETHEUS]).toEqual(expect.arrayContaining([...new Set(asked)]));
  });
});
