import type { Platform } from './platform.ts';
import type { StorageProblem } from './replica/storage-problem.ts';

/** What the app can do at its start. */
export type PlatformStart =
  | { readonly state: 'ready'; readonly platform: Platform }
  | { readonly state: 'signed_out'; signIn(): void }
  | { readonly state: 'unreachable'; retry(): void }
  | { readonly state: 'storage_problem'; readonly problem: StorageProblem; retry(): void };
