// Unpacks the Chromium of the npm package into tests/browser/.unpacked, and the libraries that it needs where a machine
// has no NSS, then prints {"path", "libraries"}. Several test processes may ask at once: the first one in does the work.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

const HERE = dirname(fileURLToPath(import.meta.url));
const DONE = join(HERE, '.unpacked');
const PACKAGE = join(HERE, 'node_modules', '@sparticuz', 'chromium');
const found = { path: join(DONE, 'chromium'), libraries: join(DONE, 'lib') };

if (!existsSync(DONE)) {
  const draft = mkdtempSync(join(HERE, '.unpacked-'));
  process.env.TMPDIR = draft;    // the package unpacks into the folder for temporary files, in its own way
  const { default: chromium } = await import('@sparticuz/chromium');
  await chromium.executablePath();
  const libraries = brotliDecompressSync(readFileSync(join(PACKAGE, 'bin', 'al2023.tar.br')));
  execFileSync('tar', ['x', '-C', draft, '--no-same-owner'], { input: libraries });
  try {
    renameSync(draft, DONE);
  } catch (error) {
    if (!existsSync(DONE)) throw error;    // another process was quicker
    rmSync(draft, { recursive: true, force: true });
  }
}
process.stdout.write(`${JSON.stringify(found)}\n`);
