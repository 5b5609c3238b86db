import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Device } from './device.ts';

export type Told = { readonly en: string; readonly de: string };

/** The inbox of one says all this in English, that of the other in German. */
export async function expectInbox(english: Device, german: Device, told: readonly Told[]): Promise<void> {
  for (const { page } of [english, german]) await page.goto('/conflicts');
  for (const { en, de } of told) {
    await expect(english.page.getByText(en).first()).toBeVisible();
    await expect(german.page.getByText(de).first()).toBeVisible();
  }
}

/** Types a number on the pad, as a thumb does. */
export async function typeOnPad(page: Page, number: string): Promise<void> {
  for (const digit of number) await page.getByRole('button', { name: digit, exact: true }).click();
}
