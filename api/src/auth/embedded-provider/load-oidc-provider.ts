const EXPECTED = 'Unsupported runtime';

/** The library, without its warning on every Node that is not an LTS release yet: ours is pinned, and tested with it. */
export async function loadOidcProvider() {
  const { warn } = console;
  console.warn = (...words: unknown[]) => {
    if (!String(words[0]).includes(EXPECTED)) warn(...words);
  };
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}
