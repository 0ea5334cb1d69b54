/**
 * The files the site serves as they are: our own, and of the U.S. Web Design System only what its style sheet and the
 * page frame use, about 2 MB of its 30.
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The design system's compiled files; its package.json is not exported, so the way there is from its main script. */
const DESIGN_SYSTEM = join(dirname(createRequire(import.meta.url).resolve('@uswds/uswds')), '../../dist');

const STYLE_SHEET = 'css/uswds.min.css';
const SCRIPTS = ['js/uswds-init.min.js', 'js/uswds.min.js'];
/** Named by the page frame's markup (the banner of a government site) rather than by the style sheet. */
const IN_MARKUP = ['img/us_flag_small.png', 'img/icon-dot-gov.svg', 'img/icon-https.svg', 'img/usa-icons/close.svg'];
/** Named by the style sheet for parts that no page of ours has. */
const NOT_SHOWN = ['img/hero.jpg'];

/** What each file is called below the folder of static files, and where it comes from. */
export function staticFiles(own: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const name of [STYLE_SHEET, ...SCRIPTS, ...namedBy(STYLE_SHEET), ...IN_MARKUP]) files.set(name, join(DESIGN_SYSTEM, name));
  for (const name of existsSync(own) ? readdirSync(own, { recursive: true, encoding: 'utf8' }).sort() : []) {
    if (statSync(join(own, name)).isFile()) files.set(name.replaceAll('\\', '/'), join(own, name));
  }
  return files;
}

/** The fonts and pictures a style sheet names, such as `fonts/…/x.woff2`. */
function namedBy(styleSheet: string): string[] {
  const css = readFileSync(join(DESIGN_SYSTEM, styleSheet), 'utf8');
  const named = [...css.matchAll(/url\(\.\.\/([^)]+)\)/g)].map(([, name]) => name!);
  return [...new Set(named)].filter((name) => !NOT_SHOWN.includes(name)).sort();
}
