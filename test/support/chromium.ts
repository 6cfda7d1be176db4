import { type Browser, chromium } from 'playwright-core';
import { chromiumPath } from '../../scripts/chromium.js';

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath!, args: ['--no-sandbox', '--disable-gpu'] });
}
