/**
 * The version in the address of every static file, so that a file may be cached for ever and a new one is asked for at
 * once. Checked in, so that no page reads a file to know it; test/functions/edge/assets.test.ts computes it and says
 * what to write here when a file or the design system changed.
 */
export const ASSETS_VERSION = '3c933ef43301';

/** The address of a static file, by its path under `static/`, such as `postact.css`. */
export const asset = (path: string): string => `/assets/${ASSETS_VERSION}/${path}`;
