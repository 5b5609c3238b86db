import { defaultRateLimits, type RateLimits } from '@eventkit/api/http/limits/rate-limiter.ts';

const variables = {
  address: 'RATE_LIMIT_ADDRESS',
  user: 'RATE_LIMIT_USER',
  tenant: 'RATE_LIMIT_TENANT',
  apiKey: 'RATE_LIMIT_KEY',
  userDevices: 'RATE_LIMIT_USER_DEVICES',
  tenantDevices: 'RATE_LIMIT_TENANT_DEVICES',
} as const satisfies Record<keyof RateLimits, string>;

/** Each its own variable, in calls per second; 0 is no limit. What is wrong is added to `problems`. */
export function readRateLimits(setting: (name: string) => string | null, problems: string[]): RateLimits {
  const read = (name: keyof RateLimits): number | null => {
    const text = setting(variables[name]);
    if (text === null) return defaultRateLimits[name];
    if (!/^\d{1,6}(\.\d{1,3})?$/.test(text)) {
      problems.push(`${variables[name]} must be a number of calls per second, or 0 for no limit.`);
    }
    return Number(text) || null;
  };
  return {
    address: read('address'),
    user: read('user'),
    tenant: read('tenant'),
    apiKey: read('apiKey'),
    userDevices: read('userDevices'),
    tenantDevices: read('tenantDevices'),
  };
}
