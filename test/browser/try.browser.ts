import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, openPage, violations } from './chromium.ts';

const url = pathToFileURL(resolve('docs/try.html')).href;
const library = pathToFileURL(resolve('dist/browser.js')).href;
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

describe('docs/try.html', () => {
  test('splits what stands in it, and what is pasted, with nothing but the library', async () => {
    const { page, complaints } = await openPage(browser, url);
    const lines = page.locator('#after li');
    expect((await lines.allTextContents()).filter((line) => line.startsWith('FROM'))).toEqual([
      'FROM golang:1.25 AS build',
      'FROM scratch',
    ]);
    await page.fill('#files', '');
    await page.fill('#dockerfile', 'FROM node:20\nWORKDIR /app\nRUN npm ci\nCMD ["node", "a.js"]\n');
    expect(await page.locator('#says').innerText()).toMatch(/^(Split|Unchanged|Refused)\. /);
    await page.fill('#dockerfile', 'FROM example.org/<img src=x onerror=alert(1)>\nRUN make\n');
    expect(await page.locator('#says').innerText()).toMatch(/^(Failed|Refused)\. /);
    expect(complaints).toEqual([`request: ${library}`]);
    await page.close();
  });

  test.each(['light', 'dark'] as const)('has nothing that axe minds, %s', async (colorScheme) => {
    for (const width of [1280, 400]) {
      const { page } = await openPage(browser, url, { colorScheme, viewport: { width, height: 860 }, bypassCSP: true });
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      await page.close();
    }
  });
});
