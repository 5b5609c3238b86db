/** The part of the Trusted Types API that is used; not every browser has it. */
type TrustedTypesFactory = {
  createPolicy(name: string, rules: { createScriptURL(url: string): string | null }): unknown;
};

/**
 * The server's policy takes a string for the address of a worker only where this says so, and never one for markup or
 * code. Before anything else, as libraries start workers of their own.
 */
export function trustOwnScripts(scope: {
  readonly trustedTypes?: TrustedTypesFactory;
  readonly location: Pick<Location, 'href' | 'origin'>;
}): void {
  const { href, origin } = scope.location;
  scope.trustedTypes?.createPolicy('default', {
    createScriptURL: (url) => (new URL(url, href).origin === origin ? url : null),
  });
}
