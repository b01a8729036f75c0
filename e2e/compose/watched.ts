import { waitFor } from '@atrium/testing';
import { services } from '../../tools/local/services.ts';
import { readAlerts } from '../../deploy/checks/monitoring.ts';
import type { Composed } from './composed.ts';
import { serviceOf } from './container.ts';

type Target = { labels: { service: string }; health: 'up' | 'down' | 'unknown'; scrapeUrl: string; lastError: string };
type Rule = { name: string; health: string; state: string };

/** Instances that Prometheus does not hear, alerts that it has not, and those that fire though nothing is broken. */
export async function findUnwatched(composed: Composed): Promise<string[]> {
  const ask = async (path: string) => ((await (await fetch(`${composed.prometheusUrl}/api/v1/${path}`)).json()) as { data: unknown }).data;
  const names = new Set<string>(services.map(({ name }) => name));
  const running = (await composed.containers()).filter((container) => names.has(serviceOf(container)));
  let targets: Target[] = [];
  const hears = async () => {
    targets = ((await ask('targets?state=active')) as { activeTargets: Target[] }).activeTargets;
    return targets.filter(({ health }) => health === 'up').length === running.length;
  };
  await waitFor(hears, { withinMs: 60_000, what: `Prometheus to hear ${running.length} processes` }).catch(() => undefined);
  const up = targets.filter(({ health }) => health === 'up');
  const silent = targets.filter(({ health }) => health !== 'up').map(({ scrapeUrl, lastError }) => `${scrapeUrl}: ${lastError}`);
  const rules = ((await ask('rules')) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules);
  const loaded = new Set(rules.map(({ name }) => name));
  return [
    ...(up.length === running.length ? [] : [`Prometheus hears ${up.length} of ${running.length} processes`, ...silent]),
    ...readAlerts().flatMap(({ alert }) => (loaded.has(alert) ? [] : [`${alert} is not among its rules`])),
    ...rules.flatMap(({ name, state }) => (state === 'firing' ? [`${name} fires though nothing is broken`] : [])),
  ];
}
