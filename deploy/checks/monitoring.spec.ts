import { ERRORS } from '@atrium/contracts';
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
