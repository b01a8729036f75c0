/**
 * Who may depend on whom, by the tags in each project.json (`type:`, `layer:`, `runtime:`). A project without tags
 * fails tools/checks. What tags cannot say (one lib and another) stands in eslint.config.js.
 */
const database = ['@mikro-orm/*', 'pg'];
const jobsAndObjects = ['minio', 'bullmq', '@nestjs/bullmq'];
const publicDoor = [
  'fastify',
  '@fastify/*',
  '@nestjs/platform-fastify',
  '@nestjs/websockets',
  '@nestjs/platform-ws',
  '@nestjs/swagger',
  'ws',
];
const page = ['react', 'react-*', '@mantine/*', '@tabler/*', '@tanstack/*'];

export const depConstraints = [
  { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: [], allowedExternalImports: ['zod', '@jest/*'] },
  {
    sourceTag: 'type:markup',
    onlyDependOnLibsWithTags: [],
    allowedExternalImports: ['mdast', 'mdast-util-*', 'micromark-extension-*', '@jest/*'],
  },
  { sourceTag: 'type:client', onlyDependOnLibsWithTags: ['type:contracts'] },
  // @atrium/testing in their tests alone: see the rule on imports in eslint.config.js.
  {
    sourceTag: 'type:kit',
    onlyDependOnLibsWithTags: ['type:contracts', 'type:kit', 'type:testing'],
    bannedExternalImports: [...jobsAndObjects, ...publicDoor, ...page],
  },
  { sourceTag: 'type:testing', onlyDependOnLibsWithTags: ['type:contracts', 'type:kit', 'type:client'] },
  {
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: ['type:contracts', 'type:markup', 'type:kit', 'type:client', 'type:testing'],
  },
  { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: ['type:contracts', 'type:client', 'type:testing', 'type:tool'] },
  { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['*'] },

  {
    sourceTag: 'layer:service',
    onlyDependOnLibsWithTags: ['type:contracts', 'type:markup', 'type:kit', 'type:testing'],
    bannedExternalImports: [...publicDoor, ...page],
  },
  { allSourceTags: ['layer:edge', 'runtime:node'], bannedExternalImports: [...database, ...jobsAndObjects, ...page] },
  {
    sourceTag: 'runtime:browser',
    onlyDependOnLibsWithTags: ['type:contracts', 'type:markup', 'type:client'],
    bannedExternalImports: ['@nestjs/*', '@nats-io/*', 'ioredis', 'pino', ...database, ...jobsAndObjects, ...publicDoor],
  },
];
