import { defineConfig } from '@playwright/test';
import everyday from './playwright.config.ts';

/** Sign-in against a real Keycloak: `npm run test:keycloak`. */
export default defineConfig({ ...everyday, testDir: 'tests/keycloak', timeout: 600_000 });
