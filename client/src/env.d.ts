// biome-ignore lint/style/useConsistentTypeDefinitions: only an interface merges with the library's own
interface ImportMetaEnv {
  /** Set by vite.config.ts from the root package.json. */
  readonly VITE_APP_VERSION: string;
}
