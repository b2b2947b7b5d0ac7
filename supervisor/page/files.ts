import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** A file that the page's server hands out. */
export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
  readonly gzipped: Buffer;
}

/** The only files that are handed out, by how their names end. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const PACKAGE = packageDirectory();
const BROWSER = join('supervisor', 'page', 'browser');

/**
 * All files of the page by their paths in a URL. They are read once: the page must fit the fleet that serves it, and the
 * sources may be rebuilt while that runs. HTML and CSS are those of the sources, and code is what was compiled of them. A
 * module of the page may import those of `shared/` by their usual relative paths, which lead to `/shared/`.
 */
export function readPageFiles(): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>([
    ...filesIn(join(PACKAGE, BROWSER), ['.html', '.css', '.svg'], '/'),
    ...filesIn(join(PACKAGE, 'dist', BROWSER), ['.js'], '/'),
    ...filesIn(join(PACKAGE, 'dist', 'shared'), ['.js'], '/shared/'),
    ...uplotFiles(),
  ]);
  const index = files.get('/index.html');
  return index ? files.set('/', index) : files;
}

function filesIn(directory: string, extensions: readonly string[], prefix: string): readonly [string, PageFile][] {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => extensions.includes(extname(name)))
    .map((name) => [`${prefix}${name.replaceAll('\\', '/')}`, toFile(name, readFileSync(join(directory, name)))]);
}

/** uPlot is minified only as a script; as a module it has three times the size. */
function uplotFiles(): readonly [string, PageFile][] {
  const require = createRequire(import.meta.url);
  const script = readFileSync(require.resolve('uplot/dist/uPlot.iife.min.js'), 'utf8');
  return [
    ['/vendor/uplot.js', toFile('uplot.js', Buffer.from(`${script}\nexport default uPlot;\n`))],
    ['/vendor/uplot.css', toFile('uplot.css', readFileSync(require.resolve('uplot/dist/uPlot.min.css')))],
  ];
}

function toFile(name: string, body: Buffer): PageFile {
  return { type: TYPES[extname(name)] as string, body, gzipped: gzipSync(body) };
}

/** This file is in `supervisor/page/`, or compiled in `dist/supervisor/page/`. */
function packageDirectory(): string {
  const directory = fileURLToPath(new URL('../..', import.meta.url));
  return /[\\/]dist[\\/]$/.test(directory) ? join(directory, '..') : directory;
}
