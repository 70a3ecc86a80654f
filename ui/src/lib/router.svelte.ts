/** Addresses are in the hash (`#/batches/0198…`), since the pages are files and no server rewrites paths. */
import type { Component } from 'svelte';

export type Params = Record<string, string>;

export interface Route {
  /** `/batches/:id`; a part that begins with a colon is a parameter. */
  pattern: string;
  /** The page; it gets the parameters as its props. */
  page: Component<never>;
}

/** Returns the parameters when `path` fits `pattern`, else undefined. */
export function matchPattern(pattern: string, path: string): Params | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Params = {};
  for (const [i, part] of wanted.entries()) {
    const actual = given[i] ?? '';
    if (part.startsWith(':')) {
      if (actual === '') return undefined;
      params[part.slice(1)] = decodePart(actual);
    } else if (part !== actual) {
      return undefined;
    }
  }
  return params;
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function pathNow(): string {
  const path = location.hash.replace(/^#/, '').split('?')[0] ?? '';
  return path === '' ? '/' : path;
}

class Router {
  path = $state(pathNow());

  constructor() {
    window.addEventListener('hashchange', () => (this.path = pathNow()));
  }

  go(path: string): void {
    location.hash = `#${path}`;
    this.path = path;
  }
}

export const router = new Router();
