import type { INetworkPolicy, INetworkPolicyEgressRule, INetworkPolicyPort } from 'kubernetes-models/networking.k8s.io/v1';
import { selector, type Process } from './kubernetes-process.ts';

/** Networks that are not public: what people name is never looked for there. */
const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/4',
];
const DNS: INetworkPolicyEgressRule = {
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
};
const port = (number: number): INetworkPolicyPort => ({ port: number, protocol: 'TCP' });

/** The servers that a process is told of in its environment. The gateway puts and fetches bytes at addresses that files signs. */
function serversOf({ app, variables }: Process): number[][] {
  const told = (pattern: RegExp) => variables.some((name) => pattern.test(name));
  return [
    ...(told(/^NATS_URL$/) ? [[4222]] : []),
    ...(told(/_DATABASE_URL$/) ? [[5432]] : []),
    ...(told(/^REDIS_URL$/) ? [[6379]] : []),
    ...(told(/^OTEL_EXPORTER_OTLP_ENDPOINT$/) ? [[4318]] : []),
    ...(told(/^S3_ENDPOINT$/) || app === 'gateway' ? [[443, 9000]] : []),
  ];
}

/** Lets a process reach the servers that it is told of, and nobody but people reach the gateway. */
export function networkPolicy(process: Process): INetworkPolicy {
  const world = { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: NOT_PUBLIC } }] };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: process.name, labels: selector(process.name) },
    spec: {
      podSelector: { matchLabels: selector(process.name) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }], ports: [port(9400)] },
        ...(process.app === 'gateway' ? [{ ports: [port(3000)] }] : []),
      ],
      egress: [DNS, ...serversOf(process).map((ports) => ({ ports: ports.map(port) })), ...(process.world ? [world] : [])],
    },
  };
}

/** Whoever is not named reaches nothing and is reached by nobody. */
export const denyOthers: INetworkPolicy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'atrium' },
  spec: { podSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'atrium' } }, policyTypes: ['Ingress', 'Egress'] },
};
