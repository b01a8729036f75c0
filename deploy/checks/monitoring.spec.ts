import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERRORS } from '@atrium/contracts';
import { parse } from 'yaml';
import { root } from '../../tools/local/paths.ts';
import { freshEnvironment, interpolate, readCompose } from './compose.ts';
import { anchorsOf, metricsIn, readAlerts, readPanels, readWatchedServices } from './monitoring.ts';

const PAGE = 'docs/how-to/watch-a-system.md';
const alerts = readAlerts();

describe('The alert rules for Prometheus', () => {
  it.each(alerts)(
    '$alert is a query with a severity and a summary, and is explained in the how-to',
    ({ alert, expr, labels, annotations }) => {
      expect(metricsIn(expr)).not.toEqual([]);
      expect(['page', 'ticket']).toContain(labels.severity);
      expect(annotations.summary).not.toBe('');
      expect(annotations.runbook).toBe(`${PAGE}#${alert.toLowerCase()}`);
      expect(anchorsOf(PAGE)).toContain(alert.toLowerCase());
    },
  );

  it('are all that the how-to explains', () => {
    expect(anchorsOf(PAGE)).toEqual(alerts.map(({ alert }) => alert.toLowerCase()));
  });

  it('tell when any of the services is gone that Prometheus is to ask', () => {
    const { expr } = alerts.find(({ alert }) => alert === 'ServiceGone')!;
    const told = [...expr.matchAll(/service="([^"]+)"/g)].map(([, service]) => service);
    expect(told).toEqual(readWatchedServices());
  });

  it('ask for outcomes that a call can have', () => {
    const outcomes = alerts.flatMap(({ expr }) => [...expr.matchAll(/outcome=~"([^"]+)"/g)].flatMap(([, codes]) => codes!.split('|')));
    expect(outcomes).not.toEqual([]);
    expect(Object.keys(ERRORS)).toEqual(expect.arrayContaining(outcomes));
  });

  it('are refused when they are no queries', () => {
    expect(() => metricsIn('sum by (route (rate(atrium_http_seconds_count[5m]))')).toThrow('no query of Prometheus');
  });
});

describe('The dashboard for Grafana', () => {
  it('shows queries alone, under titles and ids of their own', () => {
    const panels = readPanels();
    for (const { targets } of panels) for (const { expr } of targets) expect(metricsIn(expr)).not.toEqual([]);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
  });
});

describe('deploy/compose/watch.yml', () => {
  const { services, volumes } = readCompose('deploy/compose/watch.yml');
  const mounts = Object.values(services).flatMap(({ volumes: mounted = [] }) => mounted.map((volume) => volume.split(':')));

  it('mounts the rules, the dashboard and what leads Grafana to them, and keeps data in volumes that it declares', () => {
    for (const [source] of mounts) {
      const known = source!.startsWith('.') ? existsSync(join(root, source!)) : source! in volumes;
      expect({ source, known }).toEqual({ source, known: true });
    }
    expect(mounts.map(([source]) => source)).toEqual(expect.arrayContaining(['./deploy/monitoring', './deploy/monitoring/dashboard.json']));
  });

  it('puts Prometheus on the network on which every process serves its metrics, and Grafana where Prometheus is', () => {
    const { services: watched } = readCompose();
    for (const name of readWatchedServices())
      expect({ name, networks: watched[name]?.networks }).toEqual({ name, networks: expect.arrayContaining(['bus']) });
    expect(services['prometheus']?.networks).toEqual(['bus', 'watching']);
    expect(services['grafana']?.networks).toEqual(['watching']);
    const [{ url }] = (
      parse(readFileSync(join(root, 'deploy/monitoring/grafana/datasource.yml'), 'utf8')) as { datasources: [{ url: string }] }
    ).datasources;
    expect(new URL(url).hostname).toBe('prometheus');
  });

  it('lets nobody in but this machine, and gives both no rights and limits', () => {
    for (const { ports = [], ...service } of Object.values(services)) {
      expect(ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)]);
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
      expect(service).toMatchObject({
        user: expect.stringMatching(/^(?!root)[a-z]+$/),
        mem_limit: expect.any(String),
        pids_limit: expect.any(Number),
      });
    }
  });

  it('asks for nothing without which it could start that deploy/compose/env.sh does not print', () => {
    expect(() => interpolate(JSON.stringify(services), freshEnvironment())).not.toThrow();
    expect(() => interpolate(JSON.stringify(services), {})).toThrow('GRAFANA_PASSWORD is not set');
  });
});
