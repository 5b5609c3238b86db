import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

function read(environment: Record<string, string> = {}, options: Parameters<typeof readConfig>[1] = {}) {
  return readConfig(environment, options, '/repo');
}

function problemsOf(...args: Parameters<typeof read>): string {
  const config = read(...args);
  if (config.ok) throw new Error('expected problems');
  return config.error.join('\n');
}

test('nothing set is the demo on this machine', () => {
  expect(read()).toEqual({
    ok: true,
    value: {
      databaseUrl: null,
      oidc: null,
      redisUrl: null,
      areJobsElsewhere: false,
      s3: null,
      fileLimitMegabytes: 10_240,
      signUp: 'closed',
      smtp: null,
      publicUrl: null,
      port: 8484,
      host: '127.0.0.1',
      dataDir: '/repo/.eventkit',
      assetCount: 5000,
      logLevel: 'info',
      errorReports: null,
      traceEndpoint: null,
      metricsToken: null,
      deviceSilentAfterDays: 7,
      rateLimits: { address: 20, user: 30, tenant: 300, apiKey: 30, userDevices: 300, tenantDevices: 2000 },
      trustedProxies: 0,
      isStreamElsewhere: false,
    },
  });
});

test('options win over the environment, and empty variables count as unset', () => {
  const environment = { PORT: '9000', OIDC_ISSUER: '', DATABASE_URL: ' ', EVENTKIT_DATA: '/data' };
  expect(read(environment)).toMatchObject({
    value: { port: 9000, databaseUrl: null, oidc: null, dataDir: '/data' },
  });
  expect(read(environment, { port: '9001', data: '/other', assets: '700' })).toMatchObject({
    value: { port: 9001, dataDir: '/other', assetCount: 700 },
  });
});

test('an address elsewhere listens on all interfaces, unless HOST says otherwise', () => {
  const environment = {
    PUBLIC_URL: 'https://rental.example.com',
    OIDC_ISSUER: 'https://id.example.com/realms/x',
    OIDC_CLIENT_ID: 'eventkit',
  };
  expect(read(environment)).toMatchObject({ value: { host: '0.0.0.0', oidc: { clientSecret: null } } });
  expect(read({ ...environment, HOST: '10.0.0.5' })).toMatchObject({ value: { host: '10.0.0.5' } });
});

const provider = { OIDC_ISSUER: 'https://id.example.com', OIDC_CLIENT_ID: 'eventkit' };

test('roles and companies are the provider’s matter where it is said which claims name them', () => {
  expect(read(provider)).toMatchObject({
    value: { oidc: { scope: null, claims: { rolesClaim: null, roleByName: new Map(), tenantClaim: null } } },
  });
  const environment = {
    ...provider,
    OIDC_ROLES_CLAIM: 'realm_access.roles',
    OIDC_ROLES: 'lager=warehouse, Disposition = planner,',
    OIDC_TENANT_CLAIM: 'company',
  };
  const roleByName = new Map([
    ['lager', 'warehouse'],
    ['Disposition', 'planner'],
  ]);
  expect(read(environment)).toMatchObject({
    value: { oidc: { claims: { rolesClaim: 'realm_access.roles', roleByName, tenantClaim: 'company' } } },
  });
});

const bucket = {
  S3_ENDPOINT: 'https://minio.example.com',
  S3_BUCKET: 'files',
  S3_ACCESS_KEY_ID: 'key',
  S3_SECRET_ACCESS_KEY: 'secret',
};

test('files lie in a bucket where all of it is named', () => {
  const s3 = { endpoint: new URL('https://minio.example.com'), bucket: 'files', region: 'us-east-1' };
  expect(read(bucket)).toMatchObject({
    value: { s3: { ...s3, accessKeyId: 'key', secretAccessKey: 'secret' } },
  });
  expect(read({ ...bucket, S3_REGION: 'eu-central-1' })).toMatchObject({
    value: { s3: { region: 'eu-central-1' } },
  });
});

test('jobs wait in Redis where one is named, and may be done by other processes', () => {
  expect(read({ REDIS_URL: 'rediss://:secret@redis.example.com:6380', JOBS: 'elsewhere' })).toMatchObject({
    value: { redisUrl: new URL('rediss://:secret@redis.example.com:6380'), areJobsElsewhere: true },
  });
  expect(problemsOf({ REDIS_URL: 'redis.example.com:6379' })).toContain('REDIS_URL must look like');
  expect(problemsOf({ JOBS: 'there' })).toContain('JOBS must be here or elsewhere');
});

test('a mail server comes with the address that mail is from', () => {
  const mail = { SMTP_URL: 'smtps://user:secret@mail.example.com:465', MAIL_FROM: 'rental@example.com' };
  expect(read(mail)).toMatchObject({ value: { smtp: { url: mail.SMTP_URL, from: mail.MAIL_FROM } } });
});

test('streams are served here unless it is said that they are elsewhere', () => {
  expect(read({})).toMatchObject({ value: { isStreamElsewhere: false } });
  expect(read({ SYNC_STREAM: 'elsewhere' })).toMatchObject({ value: { isStreamElsewhere: true } });
});

test('limits of calls are numbers of a second, and 0 is none', () => {
  const environment = { RATE_LIMIT_USER: '2.5', RATE_LIMIT_TENANT_DEVICES: '0', TRUSTED_PROXIES: '1' };
  expect(read(environment)).toMatchObject({
    value: { rateLimits: { user: 2.5, tenant: 300, tenantDevices: null }, trustedProxies: 1 },
  });
});

describe('every problem names its variable', () => {
  test.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' }, 'OTEL_EXPORTER_OTLP_ENDPOINT'],
    [{ SENTRY_DSN: 'errors.example.com' }, 'SENTRY_DSN'],
    [{ RATE_LIMIT_USER: 'many' }, 'RATE_LIMIT_USER'],
    [{ RATE_LIMIT_ADDRESS: '-1' }, 'RATE_LIMIT_ADDRESS'],
    [{ TRUSTED_PROXIES: 'yes' }, 'TRUSTED_PROXIES'],
    [{ PORT: 'eighty' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ SILENT_AFTER_DAYS: '0' }, 'SILENT_AFTER_DAYS'],
    [{ SYNC_STREAM: 'there' }, 'SYNC_STREAM'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
    [{ PUBLIC_URL: 'rental.example.com' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'https://rental.example.com/app' }, 'PUBLIC_URL'],
    [{ OIDC_ISSUER: 'keycloak' }, 'OIDC_ISSUER'],
    [{ OIDC_ISSUER: 'https://id.example.com' }, 'OIDC_CLIENT_ID'],
    [{ ...provider, OIDC_ROLES: 'lager=warehouse' }, 'OIDC_ROLES_CLAIM'],
    [{ ...provider, OIDC_SCOPE: 'profile email' }, 'OIDC_SCOPE'],
    [{ ...provider, OIDC_ROLES_CLAIM: 'roles', OIDC_ROLES: 'lager' }, 'OIDC_ROLES must be pairs'],
    [{ ...provider, OIDC_ROLES_CLAIM: 'roles', OIDC_ROLES: 'lager=' }, 'OIDC_ROLES must be pairs'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ SMTP_URL: 'smtp://mail.example.com' }, 'MAIL_FROM'],
    [{ SMTP_URL: 'mail.example.com:25', MAIL_FROM: 'a@example.com' }, 'SMTP_URL'],
    [{ MAIL_FROM: 'a@example.com' }, 'SMTP_URL'],
    [{ EVENTKIT_SIGN_UP: 'open' }, 'EVENTKIT_SIGN_UP'],
    [{ EVENTKIT_SIGN_UP: 'approval' }, 'SMTP_URL'],
    [{ SMTP_URL: 'smtp://mail.example.com', MAIL_FROM: 'Rental <a@example.com>' }, 'MAIL_FROM'],
    [{ S3_BUCKET: 'files' }, 'S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY'],
    [{ ...bucket, S3_SECRET_ACCESS_KEY: '' }, 'S3_SECRET_ACCESS_KEY'],
    [{ ...bucket, S3_ENDPOINT: 'minio:9000' }, 'S3_ENDPOINT'],
  ])('%j', (environment, name) => {
    expect(problemsOf(environment)).toContain(name);
  });

  test('options too', () => {
    expect(problemsOf({}, { port: '-1', assets: 'many' })).toMatch(/--port[\s\S]*--assets/);
  });
});

test('real data is never behind a provider that asks for no password', () => {
  const environment = {
    DATABASE_URL: 'postgres://u:p@db/eventkit',
    PUBLIC_URL: 'https://rental.example.com',
  };
  expect(problemsOf(environment)).toContain('OIDC_ISSUER');
  expect(read({ ...environment, PUBLIC_URL: 'http://localhost:8484' }).ok).toBe(true);
});
