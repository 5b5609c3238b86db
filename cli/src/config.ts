import { isAbsolute, join, resolve } from 'node:path';
import type { ClaimSettings } from '@eventkit/api/auth/provider-claims.ts';
import type { S3Settings } from '@eventkit/api/blobs/s3-blob-store.ts';
import type { RateLimits } from '@eventkit/api/http/limits/rate-limiter.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { readSentryDsn, type SentryDsn } from './error-reports/sentry-dsn.ts';
import { readRateLimits } from './rate-limits-config.ts';

/** Everything that the environment and the command line decide. Only the mains read it. */
export type Config = {
  /** Null: the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | null;
  /** Null: the embedded provider with the demo users. */
  readonly oidc: {
    readonly issuer: string;
    readonly clientId: string;
    readonly clientSecret: string | null;
    /** What is asked for at sign-in; null: all that there usually is. */
    readonly scope: string | null;
    /** What it decides about people beside who they are. */
    readonly claims: ClaimSettings;
  } | null;
  /** Where jobs wait; null: in the database. */
  readonly redisUrl: URL | null;
  /** Other processes do the jobs (`eventkit work`); this one does none. */
  readonly areJobsElsewhere: boolean;
  /** Where the bytes of files lie; null: in a folder of `dataDir`. */
  readonly s3: S3Settings | null;
  /** How many megabytes all files of a company may take. */
  readonly fileLimitMegabytes: number;
  /** approval: companies may ask to be let in, and the operator decides about each. */
  readonly signUp: 'closed' | 'approval';
  /** The mail server and the address that mail comes from; null: invitations are handed over by hand. */
  readonly smtp: { readonly url: string; readonly from: string } | null;
  /** Null: http://localhost:<port>. */
  readonly publicUrl: URL | null;
  /** 0: any free one. */
  readonly port: number;
  readonly host: string;
  /** Absolute. */
  readonly dataDir: string;
  /** How many assets the demo company gets when it is made. */
  readonly assetCount: number;
  readonly logLevel: LogLevel;
  /** Where errors are reported to; null: nowhere but in the log. */
  readonly errorReports: { readonly dsn: SentryDsn; readonly environment: string } | null;
  /** Where traces are sent by OTLP; null: nowhere. */
  readonly traceEndpoint: URL | null;
  /** Null: only this machine reads /metrics. */
  readonly metricsToken: string | null;
  /** Days without contact after which a device is shown as silent. */
  readonly deviceSilentAfterDays: number;
  /** How many calls are too many. */
  readonly rateLimits: RateLimits;
  /** How many proxies of ours each request comes through. */
  readonly trustedProxies: number;
  /** Another service has the streams of rows to devices; requests for them are led there before they come here. */
  readonly isStreamElsewhere: boolean;
};

export type LogLevel = (typeof logLevels)[number];
const logLevels = ['trace', 'debug', 'info', 'warn', 'error'] as const;

export type Options = {
  readonly port?: string;
  readonly host?: string;
  readonly data?: string;
  readonly assets?: string;
};

const DEFAULT_PORT = '8484';
const DEFAULT_FILE_LIMIT = '10240';
const DEFAULT_SILENT_DAYS = '7';
const DEFAULT_ASSETS = '5000';
const FEWEST_ASSETS = 200;
const MOST_ASSETS = 1_000_000;

/**
 * Options win over the environment; an empty variable counts as unset. Answers all problems at once, each naming the
 * variable or option and the way out.
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  options: Options,
  root: string,
): Result<Config, readonly string[]> {
  const problems: string[] = [];
  const setting = (name: string) => environment[name]?.trim() || null;

  const port = numberOf(options.port ?? setting('PORT') ?? DEFAULT_PORT, 0, 65_535);
  if (port === null) problems.push(`${options.port ? '--port' : 'PORT'} must be a number from 0 to 65535.`);
  const assetCount = numberOf(options.assets ?? DEFAULT_ASSETS, FEWEST_ASSETS, MOST_ASSETS);
  if (assetCount === null)
    problems.push(`--assets must be a number from ${FEWEST_ASSETS} to ${MOST_ASSETS}.`);
  const logLevel = logLevels.find((level) => level === (setting('LOG_LEVEL') ?? 'info'));
  if (logLevel === undefined) problems.push(`LOG_LEVEL must be one of ${logLevels.join(', ')}.`);

  const deviceSilentAfterDays = numberOf(setting('SILENT_AFTER_DAYS') ?? DEFAULT_SILENT_DAYS, 1, 365);
  if (deviceSilentAfterDays === null) problems.push('SILENT_AFTER_DAYS must be a number from 1 to 365.');

  const fileLimitMegabytes = numberOf(setting('FILE_LIMIT_MEGABYTES') ?? DEFAULT_FILE_LIMIT, 0, 10_000_000);
  if (fileLimitMegabytes === null)
    problems.push('FILE_LIMIT_MEGABYTES must be a number of megabytes for each company.');

  const errorReports = errorReportsOf(setting, problems);
  const traceEndpoint = setting('OTEL_EXPORTER_OTLP_ENDPOINT');
  if (traceEndpoint !== null && !/^https?:$/.test(protocolOf(traceEndpoint))) {
    problems.push(
      'OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https address that takes OTLP as JSON, e.g. http://localhost:4318.',
    );
  }
  const rateLimits = readRateLimits(setting, problems);
  const trustedProxies = numberOf(setting('TRUSTED_PROXIES') ?? '0', 0, 10);
  if (trustedProxies === null) problems.push('TRUSTED_PROXIES must be a number from 0 to 10.');

  const stream = setting('SYNC_STREAM') ?? 'here';
  if (stream !== 'here' && stream !== 'elsewhere') problems.push('SYNC_STREAM must be here or elsewhere.');

  const jobs = setting('JOBS') ?? 'here';
  if (jobs !== 'here' && jobs !== 'elsewhere') problems.push('JOBS must be here or elsewhere.');
  const redisUrl = setting('REDIS_URL');
  if (redisUrl !== null && !/^rediss?:$/.test(protocolOf(redisUrl))) {
    problems.push(
      'REDIS_URL must look like redis://:password@host:6379 or rediss://…; unset it to keep jobs in the database.',
    );
  }

  const databaseUrl = setting('DATABASE_URL');
  if (databaseUrl !== null && !/^postgres(ql)?:$/.test(protocolOf(databaseUrl))) {
    problems.push(
      'DATABASE_URL must look like postgres://user:password@host:5432/database; unset it for the embedded one.',
    );
  }
  const publicUrl = publicUrlOf(setting('PUBLIC_URL'), problems);
  const oidc = oidcOf(setting, problems);
  const s3 = s3Of(setting, problems);
  const smtp = smtpOf(setting, problems);
  const signUp = setting('EVENTKIT_SIGN_UP') ?? 'closed';
  if (signUp !== 'closed' && signUp !== 'approval')
    problems.push('EVENTKIT_SIGN_UP must be closed or approval.');
  if (signUp === 'approval' && smtp === null)
    problems.push(
      'EVENTKIT_SIGN_UP=approval needs SMTP_URL and MAIL_FROM: who signs up confirms the address by e-mail.',
    );
  if (databaseUrl !== null && oidc === null && publicUrl !== null && !isThisMachine(publicUrl)) {
    problems.push(
      `OIDC_ISSUER must be set, as PUBLIC_URL (${publicUrl.origin}) is not this machine: the embedded provider signs ` +
        'everybody in without a password. Name your identity provider, or unset DATABASE_URL for a demo.',
    );
  }
  if (
    problems.length > 0 ||
    port === null ||
    assetCount === null ||
    logLevel === undefined ||
    deviceSilentAfterDays === null ||
    fileLimitMegabytes === null ||
    trustedProxies === null
  ) {
    return err(problems);
  }

  const data = options.data ?? setting('EVENTKIT_DATA') ?? '.eventkit';
  const isLocal = publicUrl === null || isThisMachine(publicUrl);
  return ok({
    databaseUrl,
    oidc,
    redisUrl: redisUrl === null ? null : new URL(redisUrl),
    areJobsElsewhere: jobs === 'elsewhere',
    s3,
    fileLimitMegabytes,
    signUp: signUp === 'approval' ? 'approval' : 'closed',
    smtp,
    publicUrl,
    port,
    host: options.host ?? setting('HOST') ?? (isLocal ? '127.0.0.1' : '0.0.0.0'),
    dataDir: isAbsolute(data) ? data : options.data === undefined ? join(root, data) : resolve(data),
    assetCount,
    logLevel,
    errorReports,
    traceEndpoint: traceEndpoint === null ? null : new URL(traceEndpoint),
    metricsToken: setting('METRICS_TOKEN'),
    deviceSilentAfterDays,
    rateLimits,
    trustedProxies,
    isStreamElsewhere: stream === 'elsewhere',
  });
}

/** True for addresses that nobody else can reach. */
export function isThisMachine(url: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}

function publicUrlOf(text: string | null, problems: string[]): URL | null {
  if (text === null) return null;
  if (!/^https?:$/.test(protocolOf(text)) || new URL(text).pathname !== '/') {
    problems.push(
      'PUBLIC_URL must be an http or https address without a path, e.g. https://rental.example.com.',
    );
    return null;
  }
  return new URL(text);
}

function oidcOf(setting: (name: string) => string | null, problems: string[]): Config['oidc'] {
  const issuer = setting('OIDC_ISSUER');
  if (issuer === null) return null;
  if (!/^https?:$/.test(protocolOf(issuer))) {
    problems.push('OIDC_ISSUER must be the address of your identity provider, exactly as it names itself.');
  }
  const clientId = setting('OIDC_CLIENT_ID');
  if (clientId === null) {
    problems.push(
      'OIDC_CLIENT_ID must be set beside OIDC_ISSUER: the id under which the provider knows EventKit.',
    );
  }
  const scope = setting('OIDC_SCOPE');
  if (scope !== null && !scope.split(' ').includes('openid')) {
    problems.push('OIDC_SCOPE must have openid in it, e.g. "openid profile email".');
  }
  const claims = claimsOf(setting, problems);
  return { issuer, clientId: clientId ?? '', clientSecret: setting('OIDC_CLIENT_SECRET'), scope, claims };
}

function claimsOf(setting: (name: string) => string | null, problems: string[]): ClaimSettings {
  const rolesClaim = setting('OIDC_ROLES_CLAIM');
  const entries = (setting('OIDC_ROLES') ?? '').split(',').filter((entry) => entry.trim() !== '');
  const pairs = entries.map((entry) => entry.split('=').map((part) => part.trim()));
  if (pairs.some(([name = '', role = '', ...rest]) => name === '' || role === '' || rest.length > 0)) {
    problems.push('OIDC_ROLES must be pairs like lager=warehouse, with commas between them.');
  }
  if (pairs.length > 0 && rolesClaim === null) {
    problems.push('OIDC_ROLES_CLAIM must be set beside OIDC_ROLES: the claim that names roles.');
  }
  const roleByName = new Map(pairs.map(([name = '', role = '']) => [name, role]));
  return { rolesClaim, roleByName, tenantClaim: setting('OIDC_TENANT_CLAIM') };
}

function errorReportsOf(
  setting: (name: string) => string | null,
  problems: string[],
): Config['errorReports'] {
  const text = setting('SENTRY_DSN');
  if (text === null) return null;
  const dsn = readSentryDsn(text);
  if (dsn !== null) return { dsn, environment: setting('SENTRY_ENVIRONMENT') ?? 'production' };
  problems.push('SENTRY_DSN must look like https://key@errors.example.com/42, as the project there says it.');
  return null;
}

/** All of it or nothing: half a bucket must not become a folder in silence. */
function s3Of(setting: (name: string) => string | null, problems: string[]): Config['s3'] {
  const required = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;
  const [endpoint, bucket, accessKeyId, secretAccessKey] = required.map(setting);
  const missing = required.filter((name) => setting(name) === null);
  if (missing.length === required.length) return null;
  if (missing.length > 0) problems.push(`${missing.join(', ')} must be set beside the other S3_ variables.`);
  if (endpoint && !/^https?:$/.test(protocolOf(endpoint))) {
    problems.push('S3_ENDPOINT must be an http or https address without the bucket.');
    return null;
  }
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) return null;
  const region = setting('S3_REGION') ?? 'us-east-1';
  return { endpoint: new URL(endpoint), bucket, region, accessKeyId, secretAccessKey };
}

/** Both or neither: a mail server without an address to send from would take nothing. */
function smtpOf(setting: (name: string) => string | null, problems: string[]): Config['smtp'] {
  const [url, from] = [setting('SMTP_URL'), setting('MAIL_FROM')];
  if (url === null && from === null) return null;
  if (url === null || !/^smtps?:$/.test(protocolOf(url))) {
    problems.push(
      'SMTP_URL must look like smtps://user:password@host:465 or smtp://host:587; unset it and MAIL_FROM to send no mail.',
    );
    return null;
  }
  if (from === null || !/^[^\s<>",;:@]+@[^\s<>",;:@]+$/.test(from)) {
    problems.push(
      'MAIL_FROM must be the plain e-mail address that invitations come from, e.g. rental@example.com.',
    );
    return null;
  }
  return { url, from };
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : '';
}

function numberOf(text: string, least: number, most: number): number | null {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : null;
}
