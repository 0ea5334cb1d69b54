/**
 * A real Chromium: the one CHROMIUM names, one this machine has, or one from Debian's packages where this user may
 * install it. Never skipped in silence: without a browser the tests fail and say in one line what to do.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const KNOWN = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

function installed(): string | undefined {
  return [process.env.CHROMIUM, ...KNOWN].find((path) => path && existsSync(path));
}

function install(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  const apt = (...args: string[]) =>
    execFileSync('apt-get', ['-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('update');
  apt('install', '-y', '--no-install-recommends', 'chromium');
  return installed();
}

export async function startChromium(): Promise<Browser> {
  const executablePath = installed() ?? install();
  if (!executablePath)
    throw new Error(
      'the browser tests need Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM to its path',
    );
  return chromium.launch({
    executablePath,
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-quic',
      // There is none here: without this a process draws by imitating one.
      '--disable-gpu',
    ],
  });
}
