import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ZodObject } from 'zod';
import { root } from '../../tools/local/paths.ts';
import { services as processes } from '../../tools/local/services.ts';
import { freshEnvironment, readCompose } from './compose.ts';
import { readDockerfile } from './dockerfile.ts';
import { problemsOf, readKustomization, readManifests, type Manifest } from './kubernetes.ts';
import { manifestsOf, secretsOf } from '../kubernetes/secrets.mjs';

const base = readManifests('base');
const of = (kind: string, name: string) => base.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
const deploymentOf = (name: string) => of('Deployment', name) as Manifest;
const containerOf = (name: string) => deploymentOf(name).spec.template.spec.containers[0];
const addresses = { NATS_ADDRESS: 'n1:4222,n2:4222', POSTGRES_ADDRESS: 'pg:5432', REDIS_ADDRESS: 'redis:6379' };
const settings = { ...freshEnvironment(), ...addresses };

async function configOf(app: string): Promise<ZodObject> {
  const exported = (await import(pathToFileURL(join(root, `apps/${app}/src/config.ts`)).href)) as Record<string, unknown>;
  return Object.values(exported).find((value) => value instanceof ZodObject) as ZodObject;
}

describe('the manifests for Kubernetes', () => {
  const configs = new Map<string, ZodObject>();
  const schemaOf = (app: string) => configs.get(app) as ZodObject;
  // The sources of all apps are read for it.
  beforeAll(async () => {
    for (const { app } of processes) configs.set(app, await configOf(app));
  }, 60_000);

  it('are what its API accepts', () => {
    const all = [
      ...base,
      ...readManifests('example'),
      ...readManifests('by-metrics').filter(({ kind }) => kind !== 'HorizontalPodAutoscaler'),
    ];
    expect(
      all.flatMap((manifest) => problemsOf(manifest).map((problem) => `${manifest.kind} ${manifest.metadata.name}: ${problem}`)),
    ).toEqual([]);
  });

  it('are held against schemas that know what is wrong', () => {
    const { spec, ...rest } = deploymentOf('rooms');
    expect(problemsOf({ ...rest, spec: { ...spec, replicas: 'two' } } as never)[0]).toContain('replicas');
    expect(problemsOf({ ...rest, spec: { ...spec, selector: undefined } } as never)[0]).toContain('selector');
    expect(problemsOf({ apiVersion: 'apps/v9', kind: 'Deployment' })).toEqual(['the API has no apps/v9 Deployment']);
  });

  it('are all applied, with images that are built', () => {
    for (const folder of ['base', 'example']) {
      const { resources = [] } = readKustomization(folder);
      expect(resources.filter((name) => !existsSync(join(root, 'deploy/kubernetes', folder, name)))).toEqual([]);
    }
    const targets = readDockerfile().map(({ name }) => `atrium/${name}`);
    const images = processes.map(({ name }) => containerOf(name).image);
    expect(images.filter((image) => !targets.includes(image))).toEqual([]);
    expect(new Set(readKustomization('example').images?.map(({ name }) => name))).toEqual(new Set(images));
  });

  it('patch autoscalers that there are, with what the API accepts', () => {
    for (const patch of readManifests('by-metrics')) {
      const patched = of('HorizontalPodAutoscaler', patch.metadata.name) as Manifest;
      expect(problemsOf({ ...patched, spec: { ...patched.spec, ...patch.spec } } as Manifest)).toEqual([]);
    }
  });

  it.each(processes)('run $name at two or more, on nodes apart, and give up one at a time', ({ name }) => {
    const { spec } = deploymentOf(name);
    expect(spec.replicas ?? of('HorizontalPodAutoscaler', name)?.spec.minReplicas).toBe(2);
    expect(of('PodDisruptionBudget', name)?.spec).toMatchObject({ maxUnavailable: 1, selector: spec.selector });
    expect(spec.template.spec).toMatchObject({
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: spec.selector } },
          ],
        },
      },
      topologySpreadConstraints: [{ topologyKey: 'topology.kubernetes.io/zone' }],
    });
  });

  it.each(processes)('run $name by the command of compose, without rights, and wait for its end', ({ name, app }) => {
    const compose = readCompose().services[name];
    expect(containerOf(name).command).toEqual(compose?.command ?? readDockerfile().find((stage) => stage.name === app)?.command);
    expect(containerOf(name)).toMatchObject({
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      startupProbe: { httpGet: { path: '/health/live' } },
      livenessProbe: { httpGet: { path: '/health/live' }, failureThreshold: 3 },
      readinessProbe: { httpGet: { path: '/health/ready' }, failureThreshold: 3 },
    });
    const { terminationGracePeriodSeconds, ...pod } = deploymentOf(name).spec.template.spec;
    expect(pod).toMatchObject({
      securityContext: { runAsNonRoot: true, runAsUser: 1000 },
      enableServiceLinks: false,
      automountServiceAccountToken: false,
    });
    expect(terminationGracePeriodSeconds).toBeGreaterThanOrEqual(20);
  });

  it.each(processes)('give $name a configuration that it accepts, with secrets from outside', ({ name, app }) => {
    const schema = schemaOf(app);
    const secrets = secretsOf({ ...settings, S3_ACCESS_KEY: 'key', S3_SECRET_KEY: 'secret' })[name] ?? {};
    const plain = Object.fromEntries(containerOf(name).env.map((variable) => [variable.name, variable.value]));
    const given: Record<string, string> = { ...plain, ...secrets, ...(app === 'files' ? { S3_ENDPOINT: 'https://s3.example.org' } : {}) };
    expect(Object.keys(given).filter((variable) => !(variable in schema.shape))).toEqual([]);
    expect(schema.safeParse(given).error?.issues ?? []).toEqual([]);
    expect(JSON.stringify(base)).not.toContain('PASSWORD');
  });

  it.each(processes)('let $name reach the servers that its configuration names', ({ name, app }) => {
    const { shape } = schemaOf(app);
    const policy = of('NetworkPolicy', name) as Manifest;
    expect(policy.spec.podSelector).toEqual(deploymentOf(name).spec.selector);
    const reached = new Set(policy.spec.egress?.flatMap(({ ports = [] }) => ports.map(({ port }) => port)));
    expect(reached.has(4222)).toBe(true);
    expect(reached.has(5432)).toBe(Object.keys(shape).some((variable) => variable.endsWith('_DATABASE_URL')));
    expect(reached.has(6379)).toBe('REDIS_URL' in shape);
    expect(reached.has(443)).toBe('S3_ENDPOINT' in shape || app === 'gateway');
  });

  it('never let a process that asks hosts of the world into a network that is not public', () => {
    const worldly = base.filter(({ kind, spec }) => kind === 'NetworkPolicy' && spec.egress?.some(({ to }) => to));
    expect(worldly.map(({ metadata }) => metadata.name).sort()).toEqual(['accounts', 'bot', 'files', 'messages']);
    for (const { spec } of worldly)
      for (const { ipBlock } of spec.egress?.flatMap(({ to = [] }) => to) ?? [])
        expect(ipBlock.except).toEqual(
          expect.arrayContaining(['10.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16']),
        );
  });

  it('close what nobody opened', () => {
    expect(of('NetworkPolicy', 'atrium')?.spec).toEqual({
      podSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'atrium' } },
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  it('come with secrets that the API accepts, and none without where a server is', () => {
    const { items } = manifestsOf(settings);
    expect(items.map(({ metadata }) => metadata.name).sort()).toEqual(processes.map(({ name }) => `atrium-${name}`).sort());
    expect(items.flatMap((item) => problemsOf(item))).toEqual([]);
    expect(secretsOf(settings)['rooms']?.['NATS_URL']).toMatch(/^nats:\/\/rooms:\w+@n1:4222,nats:\/\/rooms:\w+@n2:4222$/);
    expect(() => secretsOf(freshEnvironment())).toThrow('NATS_ADDRESS is not set');
  });
});
