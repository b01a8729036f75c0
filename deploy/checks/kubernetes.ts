import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as models from 'kubernetes-models';
import { parse, parseAllDocuments } from 'yaml';
import { root } from '../../tools/local/paths.ts';

const FOLDER = 'deploy/kubernetes';

interface PodContainer {
  name: string;
  image: string;
  command: string[];
  env: { name: string; value: string }[];
  resources: { limits: { memory: string } };
}

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  spec: {
    replicas?: number;
    minReplicas?: number;
    template: { spec: { terminationGracePeriodSeconds: number; containers: [PodContainer] } };
    podSelector: { matchLabels: Record<string, string> };
    selector: { matchLabels: Record<string, string> };
    egress?: { ports?: { port: number }[]; to?: { ipBlock: { except: string[] } }[] }[];
  };
}

const isCustomization = (name: string) => name === 'kustomization.yml';

/** Every manifest of one of the folders. */
export function readManifests(folder: 'base' | 'example' | 'by-metrics'): Manifest[] {
  const path = join(root, FOLDER, folder);
  const names = readdirSync(path).filter((name) => !isCustomization(name));
  return names.flatMap((name) => parseAllDocuments(readFileSync(join(path, name), 'utf8')).map((document) => document.toJS() as Manifest));
}

export function readKustomization(folder: string): Record<string, unknown> & { resources?: string[]; images?: { name: string }[] } {
  return parse(readFileSync(join(root, FOLDER, folder, 'kustomization.yml'), 'utf8'));
}

/** Holds a manifest against the schema of the API. @returns what is wrong with it */
export function problemsOf(manifest: Pick<Manifest, 'apiVersion' | 'kind'>): string[] {
  const [version, group] = manifest.apiVersion.split('/').reverse() as [string, string | undefined];
  const groups = models as unknown as Record<string, Record<string, unknown>>;
  const camel = (text: string) => text.replace(/[.-](\w)/g, (_, letter: string) => letter.toUpperCase());
  const kinds = (group === undefined ? groups[version] : groups[camel(group)]?.[version]) as Record<string, unknown> | undefined;
  const kind = kinds?.[manifest.kind] as (new (data: object) => { validate(): void }) | undefined;
  if (!kind) return [`the API has no ${manifest.apiVersion} ${manifest.kind}`];
  try {
    new kind(manifest).validate();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}
