/** What of a person is decided at the identity provider. Nothing, unless it is said where its tokens tell it. */
export type ClaimSettings = {
  /** Where roles are named: the name of a claim, or a path of names with dots. Null: roles are given in EventKit. */
  readonly rolesClaim: string | null;
  /** Roles here by the provider's names for them. Empty: the names are the same. Else what it does not name gives nothing. */
  readonly roleByName: ReadonlyMap<string, string>;
  /** Where the company is named, by its short name or its id. Null: a person's address says which company is meant. */
  readonly tenantClaim: string | null;
};

/** Claims of one token or of the userinfo endpoint. */
export type Claims = Readonly<Record<string, unknown>>;

/** What the provider decides about a person. */
export type ProviderWord = {
  /** Names of roles here, in any case, known or not; null where the provider has no say in it. */
  readonly roleNames: readonly string[] | null;
  /** Short name or id of the person's company, empty where the provider names none; null where it has no say in it. */
  readonly tenant: string | null;
};

export const noClaims: ClaimSettings = { rolesClaim: null, roleByName: new Map(), tenantClaim: null };

/** What these claims say, each from the first of them that tells it. What nobody tells is nothing, not anything. */
export function readProviderWord(settings: ClaimSettings, sources: readonly Claims[]): ProviderWord {
  const { rolesClaim, tenantClaim } = settings;
  return {
    roleNames: rolesClaim === null ? null : rolesOf(settings, firstAt(sources, rolesClaim)),
    tenant: tenantClaim === null ? null : textOf(firstAt(sources, tenantClaim)),
  };
}

/** True where all that was asked for is told by these claims. */
export function isAllTold({ rolesClaim, tenantClaim }: ClaimSettings, claims: Claims): boolean {
  return [rolesClaim, tenantClaim].every((path) => path === null || claimAt(claims, path) !== undefined);
}

function rolesOf({ roleByName }: ClaimSettings, claim: unknown): readonly string[] {
  const names = (Array.isArray(claim) ? claim : [claim]).filter((name) => typeof name === 'string');
  return roleByName.size === 0 ? names : names.flatMap((name) => roleByName.get(name) ?? []);
}

function textOf(claim: unknown): string {
  return typeof claim === 'string' ? claim : '';
}

function firstAt(sources: readonly Claims[], path: string): unknown {
  return sources.map((claims) => claimAt(claims, path)).find((claim) => claim !== undefined);
}

/** A name with dots may be the name of one claim: some providers demand an address of their own as its beginning. */
function claimAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  return path.split('.').reduce<unknown>((value, name) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    return (value as Claims)[name];
  }, claims);
}
