import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../../tools/local/paths.ts';

export type ComposeService = {
  image: string;
  build?: { context: string; dockerfile: string; target: string };
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  ports?: string[];
  volumes?: string[];
  container_name?: string;
  stop_grace_period?: string;
  init?: boolean;
  user?: string;
  mem_limit?: string;
  pids_limit?: number;
  networks?: string[];
  restart?: string;
};

export function readCompose(file = 'docker-compose.yml'): {
  services: Record<string, ComposeService>;
  volumes: Record<string, unknown>;
  networks: Record<string, { internal?: boolean } | null>;
} {
  return parse(readFileSync(join(root, file), 'utf8'), { merge: true });
}

/** The `.env` that an installation starts with, as deploy/compose/env.sh prints it. */
export function freshEnvironment(): Record<string, string> {
  const lines = execFileSync('sh', [join(root, 'deploy/compose/env.sh')], { encoding: 'utf8' }).split('\n');
  const assignments = lines.filter((line) => /^[A-Z]\w*=/.test(line)).map((line) => line.split(/=(.*)/s));
  return Object.fromEntries(assignments.map(([name, value]) => [name as string, value ?? '']));
}

/** Fills in `${NAME}`, `${NAME:-default}` and `${NAME:?message}` as compose does. Throws where compose would refuse. */
export function interpolate(text: string, environment: Record<string, string>): string {
  return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_whole, name: string, operator: string | undefined, rest: string) => {
    const value = environment[name];
    if (value) return value;
    if (operator === '-') return rest;
    throw new Error(`${name} is not set`);
  });
}
