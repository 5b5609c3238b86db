import { CliError } from '#cli-error.ts';

/** Where the server is, and the key. */
export type Access = { readonly url: URL; readonly key: string };

const HERE = 'http://localhost:8484';

/** From EVENTKIT_URL and EVENTKIT_API_KEY: a key on the command line would be seen by everybody on the machine. */
export function readAccess(environment: Readonly<Record<string, string | undefined>>): Access {
  const { EVENTKIT_URL: address = HERE, EVENTKIT_API_KEY: key = '' } = environment;
  const url = URL.parse(address.endsWith('/') ? address : `${address}/`);
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new CliError('EVENTKIT_URL is no address. An address looks like https://rental.example.com');
  if (!/^ek_[\w-]{20,}$/.test(key))
    throw new CliError('EVENTKIT_API_KEY holds no key. Admins make keys in the app, under More, API keys.');
  return { url, key };
}
