/**
 * Addresses are in the hash (`#/batches/0198…`), since the pages are files and no server rewrites paths. A query may
 * follow the path (`#/audit?kind=person`): what a list is narrowed to.
 */
import type { Component } from 'svelte';

export type Params = Record<string, string>;

export interface Route {
  /** `/batches/:id`; a part that begins with a colon is a parameter. */
  pattern: string;
  /** Fetches the page's code, which is a file of its own: nobody waits for pages they don't open. */
  page: () => Promise<{ default: Component<never> }>;
}

/** A page to show: its route, and the parameters it gets as its props. */
export interface Found {
  route: Route;
  params: Params;
}

/** Returns the first route that a path fits, with its parameters. */
export function findRoute(routes: readonly Route[], path: string): Found | undefined {
  for (const route of routes) {
    const params = matchPattern(route.pattern, path);
    if (params) return { route, params };
  }
  return undefined;
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

/** Splits an address into its path and its query. */
function split(address: string): { path: string; query: string } {
  const [path = '', ...rest] = address.split('?');
  return { path: path === '' ? '/' : path, query: rest.join('?') };
}

const inWindow = () => split(location.hash.replace(/^#/, ''));

/** WebKit throws at the hundredth address written within seconds, and a key that is held down makes thirty a second. */
const WRITE_PAUSE = 150;

class Router {
  path = $state(inWindow().path);
  /** What follows the question mark, encoded; empty where nothing does. */
  query = $state(inWindow().query);

  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    window.addEventListener('hashchange', () => this.#show(inWindow()));
  }

  /** Goes to an address: a path, with or without a query. */
  go(address: string): void {
    this.#write();
    location.hash = `#${address}`;
    this.#show(split(address));
  }

  /** Puts another query behind the same path, so that the address says what is shown; going back doesn't undo it. */
  narrow(query: string): void {
    this.query = query;
    if (this.#pause === undefined) this.#write();
    this.#pause ??= setTimeout(() => {
      this.#pause = undefined;
      this.#write();
    }, WRITE_PAUSE);
  }

  #write(): void {
    const address = this.query === '' ? `#${this.path}` : `#${this.path}?${this.query}`;
    if (location.hash !== address) history.replaceState(null, '', address);
  }

  #show({ path, query }: { path: string; query: string }): void {
    this.path = path;
    this.query = query;
  }
}

export const router = new Router();
