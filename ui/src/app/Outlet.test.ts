// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { Route } from '$lib/router.svelte';
import EmptyState from '$components/EmptyState.svelte';
import Outlet from './Outlet.svelte';

afterEach(cleanup);

/** A page that shows its parameters, and comes when it is let. */
function later(pattern: string) {
  let [come, fail] = [() => {}, () => {}];
  const page = new Promise<{ default: typeof EmptyState }>((resolve, reject) => {
    come = () => resolve({ default: EmptyState });
    fail = () => reject(new Error('damaged'));
  });
  const route: Route = { pattern, page: () => page };
  return { route, come, fail };
}
const at = (route: Route, title: string) => ({ route, params: { title, text: '' }, path: `/${title}` });

describe('the outlet', () => {
  it('keeps the page before until the next one is there', async () => {
    const [first, second] = [later('/:title'), later('/:title')];
    first.come();
    const { rerender } = render(Outlet, at(first.route, 'one'));
    await screen.findByText('one');
    await rerender(at(second.route, 'two'));
    expect(screen.getByText('one')).toBeTruthy();
    second.come();
    await screen.findByText('two');
    expect(screen.queryByText('one')).toBeNull();
  });

  it('shows the page that was asked for last, whichever comes last', async () => {
    const [slow, quick] = [later('/:title'), later('/:title')];
    const { rerender } = render(Outlet, at(slow.route, 'slow'));
    await rerender(at(quick.route, 'quick'));
    quick.come();
    await screen.findByText('quick');
    slow.come();
    await Promise.resolve();
    expect(screen.queryByText('slow')).toBeNull();
  });

  it('says why a page did not come, and tries again', async () => {
    const [broken, whole] = [later('/:title'), later('/:title')];
    const pages = [broken.route.page, whole.route.page];
    broken.fail();
    whole.come();
    render(Outlet, at({ pattern: '/:title', page: () => (pages.shift() ?? whole.route.page)() }, 'page'));
    expect((await screen.findByRole('alert')).textContent).toContain('damaged');
    await userEvent.click(screen.getByRole('button'));
    await screen.findByText('page');
  });
});
