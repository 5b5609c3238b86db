export type TestBrowser = {
  /** Opens an address as a person would, redirects followed; answers the last page. */
  open(address: string): Promise<Page>;
  /** Sends a form of the page, redirects followed. */
  submit(page: Page, fields: Readonly<Record<string, string>>, action?: string): Promise<Page>;
  /** A call of a script of our own pages. */
  call(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Cookies by name, with their attributes as they were set. */
  readonly cookies: ReadonlyMap<string, { readonly value: string; readonly attributes: string }>;
};

export type Page = {
  readonly url: URL;
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
};

const MOST_REDIRECTS = 12;
const CHROMIUM =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

/** What a browser does with cookies, redirects and origins, as far as signing in needs it. One site, one host. */
export function createTestBrowser(origin: string, acceptLanguage = 'en'): TestBrowser {
  const cookies = new Map<string, { value: string; attributes: string; path: string }>();

  async function send(url: URL, init: RequestInit): Promise<Response> {
    const matching = [...cookies].filter(([, { path }]) => url.pathname.startsWith(path));
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: {
        'user-agent': CHROMIUM,
        'accept-language': acceptLanguage,
        cookie: matching.map(([name, { value }]) => `${name}=${value}`).join('; '),
        ...init.headers,
      },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = '', attributes = ''] = /^([^=]+)=([^;]*);?(.*)$/.exec(line) ?? [];
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(attributes)) cookies.delete(name);
      else
        cookies.set(name, {
          value,
          attributes: attributes.trim(),
          path: /path=([^;]+)/i.exec(attributes)?.[1] ?? '/',
        });
    }
    return response;
  }

  async function follow(start: URL, init: RequestInit): Promise<Page> {
    let url = start;
    let response = await send(url, init);
    for (let step = 0; step < MOST_REDIRECTS; step += 1) {
      const next = response.headers.get('location');
      if (next === null)
        return { url, status: response.status, text: await response.text(), headers: response.headers };
      url = new URL(next, url);
      response = await send(url, { headers: { accept: 'text/html' } });
    }
    throw new Error(`redirects without end from ${start}`);
  }

  return {
    cookies,
    open: (address) => follow(new URL(address, origin), { headers: { accept: 'text/html' } }),
    submit: (page, fields, action) =>
      follow(action === undefined ? page.url : new URL(action, page.url), {
        method: 'POST',
        headers: { accept: 'text/html', origin, 'sec-fetch-site': 'same-origin' },
        body: new URLSearchParams(fields),
      }),
    call: (path, body, headers = {}) =>
      send(new URL(path, origin), {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin, 'sec-fetch-site': 'same-origin', ...headers },
        body: JSON.stringify(body),
      }),
  };
}
