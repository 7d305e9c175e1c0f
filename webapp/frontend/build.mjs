// Builds webapp/static/build: scripts, styles, and the images that the NHS page template asks for.
//   node build.mjs            once, small, the same bytes for the same sources
//   node build.mjs --watch    again after each change in src/
// Every .js and .css file that lies directly in src/ is a page entry; folders below src/ hold what entries share.
import * as esbuild from 'esbuild';
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const SOURCES = join(HERE, 'src');
const BUILD = join(HERE, '..', 'static', 'build');
const NHSUK = join(HERE, 'node_modules', 'nhsuk-frontend', 'dist', 'nhsuk');

// The NHS style sheet fetches Frutiger from assets.nhs.uk, for which a site needs a licence, and its icons from the
// root of the site. Accord's pages ask no other host for anything: Arial, and icons beside the style sheet.
const nhsukStaysAtHome = {
  name: 'nhsuk-stays-at-home',
  setup(build) {
    build.onLoad({ filter: /nhsuk-frontend\.css$/ }, async ({ path }) => {
      const shipped = await readFile(path, 'utf8');
      const contents = shipped
        .replace(/@font-face\s*\{[^}]*\}/g, '')
        .replaceAll('"Frutiger W01", arial', 'Arial')
        .replaceAll('url("/assets/', 'url("./assets/');
      if (/frutiger/i.test(contents)) return { errors: [{ text: 'nhsuk-frontend.css still names Frutiger: has its form changed?' }] };
      return { contents, loader: 'css', resolveDir: dirname(path) };
    });
  },
};

// dmn-js and its relatives make elements of markup with style attributes, which our pages do not allow.
const stylesAreGivenByScript = {
  name: 'styles-are-given-by-script',
  setup(build) {
    const ours = join(SOURCES, 'parts', 'domify.js');
    build.onResolve({ filter: /^domify$/ }, ({ importer }) => (importer === ours ? undefined : { path: ours }));
  },
};

const finish = {
  name: 'finish',
  setup(build) {
    build.onEnd(async (result) => {
      if (result.errors.length) return undefined;
      const outside = await addressesOutside();
      if (outside.length) return { errors: outside.map((text) => ({ text: `points outside this host: ${text}` })) };
      await cp(join(NHSUK, 'assets'), join(BUILD, 'assets'), { recursive: true });
      await writeLicences(Object.keys(result.metafile.inputs));
      await writeManifest();
      return undefined;
    });
  },
};

async function builtFiles(ending) {
  const files = await readdir(BUILD, { recursive: true });
  return files.filter((file) => file.endsWith(ending)).sort();
}

async function addressesOutside() {
  const found = [];
  for (const file of await builtFiles('.css')) {
    const css = await readFile(join(BUILD, file), 'utf8');
    const pattern = /(?:url\(\s*|@import\s*)["']?((?:https?:)?\/\/[^"')\s]+)/gi;
    for (const [, address] of css.matchAll(pattern)) found.push(`${file}: ${address}`);
  }
  return found;
}

// manifest.json: {"app.js": "3f2a91bc04"}, a fingerprint for each entry, so that a page can ask for
// app.js?v=3f2a91bc04 and let the browser keep it for a year.
async function writeManifest() {
  const fingerprints = {};
  for (const file of [...(await builtFiles('.css')), ...(await builtFiles('.js'))]) {
    if (file !== basename(file)) continue;
    const bytes = await readFile(join(BUILD, file));
    fingerprints[file] = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  }
  await writeFile(join(BUILD, 'manifest.json'), `${JSON.stringify(fingerprints, null, 2)}\n`);
}

// licences.txt: what the packages that went into the scripts and styles ask to be told along with them.
async function writeLicences(inputs) {
  const packages = new Set(inputs.flatMap((input) => input.match(/.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []));
  const texts = [];
  for (const folder of [...packages].sort()) {
    const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? await readFile(join(folder, file), 'utf8') : `Licence: ${license}\n`;
    texts.push(`${name} ${version}\n\n${text.trim()}\n`);
  }
  await writeFile(join(BUILD, 'licences.txt'), texts.join(`\n${'-'.repeat(80)}\n\n`));
}

const entries = (await readdir(SOURCES)).filter((name) => /\.(js|css)$/.test(name)).sort();
await rm(BUILD, { recursive: true, force: true });
await mkdir(BUILD, { recursive: true });

const options = {
  entryPoints: entries.map((name) => join(SOURCES, name)),
  outdir: BUILD,
  bundle: true,
  metafile: true,
  splitting: true,
  format: 'esm',
  target: ['es2022'],
  minify: true,
  charset: 'utf8',
  legalComments: 'none',    // licences.txt has them whole
  assetNames: 'files/[name]-[hash]',
  chunkNames: 'chunks/[name]-[hash]',
  loader: { '.svg': 'file', '.png': 'file', '.woff2': 'file', '.bpmn': 'text' },
  plugins: [nhsukStaysAtHome, stylesAreGivenByScript, finish],
  logLevel: 'warning',
};

if (process.argv.includes('--watch')) {
  const context = await esbuild.context({ ...options, logLevel: 'info' });
  await context.watch();
} else {
  await esbuild.build(options).catch(() => process.exit(1));
}
