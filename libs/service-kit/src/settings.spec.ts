import { z } from 'zod';
import { settingsOf } from './settings.ts';

const schema = z.object({
  LIMIT: z.coerce.number().default(5),
  DATABASE_URL: z.string(),
  NATS_URL: z.string(),
  NAME: z.string().default('atrium'),
  SECRET_KEY: z.string(),
  OTHER: z.string().optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string(),
  MAILER: z.string().optional(),
  NETWORKS: z.string().transform((text) => text.split(',')),
});

describe('the settings that a process tells of itself', () => {
  const environment = {
    DATABASE_URL: 'postgres://atrium:hunter2@db:5432/atrium?password=hunter2',
    NATS_URL: 'nats://rooms:hunter2@one:4222,nats://rooms:hunter2@two:4222',
    SECRET_KEY: 'hunter2',
    MAILER: 'ann:hunter2@mail',
    OTEL_EXPORTER_OTLP_HEADERS: 'api-key=hunter2',
    NETWORKS: '10.0.0.0/8,192.168.0.0/16',
    NAME: '',
  };
  const settings = settingsOf(schema, schema.parse({ ...environment, NAME: undefined }), environment);
  const of = (name: string) => settings.find((setting) => setting.name === name);

  it('hold no credential, wherever one stands', () => {
    expect(JSON.stringify(settings)).not.toContain('hunter2');
    expect(of('DATABASE_URL')).toMatchObject({ value: 'postgres://db:5432/atrium', isSecret: false });
    expect(of('NATS_URL')?.value).toBe('nats://one:4222,nats://two:4222');
    expect(of('SECRET_KEY')).toEqual({ name: 'SECRET_KEY', value: null, source: 'environment', isSecret: true });
    expect(of('MAILER')).toMatchObject({ value: null, isSecret: true });
  });

  it('say where each came from', () => {
    expect(of('LIMIT')).toEqual({ name: 'LIMIT', value: '5', source: 'default', isSecret: false });
    expect(of('NAME')).toMatchObject({ value: 'atrium', source: 'default' });
    expect(of('OTHER')).toEqual({ name: 'OTHER', value: null, source: 'unset', isSecret: false });
    expect(of('NETWORKS')).toMatchObject({ value: '["10.0.0.0/8","192.168.0.0/16"]', source: 'environment' });
  });
});
