import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { root } from '../../tools/local/paths.ts';

export interface Alert {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string; runbook: string };
}
export interface Panel {
  id: number;
  title: string;
  targets: { expr: string }[];
}

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

export function readAlerts(): Alert[] {
  const { groups } = parse(read('deploy/monitoring/alerts.yml')) as { groups: { rules: Alert[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

/** The names by which Prometheus finds the processes in compose. */
export function readWatchedServices(): string[] {
  const { scrape_configs: jobs } = parse(read('deploy/monitoring/prometheus.yml')) as {
    scrape_configs: { dns_sd_configs: { names: string[] }[] }[];
  };
  return jobs.flatMap(({ dns_sd_configs: lookups }) => lookups.flatMap(({ names }) => names));
}

export function readPanels(): Panel[] {
  return (JSON.parse(read('deploy/monitoring/dashboard.json')) as { panels: Panel[] }).panels;
}

/** The headings of a page, as links to them are written. */
export function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading!.toLowerCase().replaceAll(' ', '-'));
}

/** The metrics that a query of Prometheus is about. @throws Error where it is none */
export function metricsIn(expression: string): string[] {
  // What Grafana fills in.
  const query = expression.replaceAll('$__rate_interval', '1m');
  const names: string[] = [];
  parser.parse(query).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) throw new Error(`no query of Prometheus: ${query.slice(0, from)} ⟪here⟫ ${query.slice(to)}`);
      if (type.name === 'VectorSelector') names.push(/^[a-zA-Z_:][\w:]*/.exec(query.slice(from, to))![0]);
    },
  });
  return names;
}
