// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commands } from '$lib/commands';
import { forgetQueries } from '$lib/query.svelte';
import { router } from '$lib/router.svelte';
import { brokenAuditCheck, cutAuditCheck, auditCheck, untrueAuditCheck } from '../../../tests/fake/records';
import AuditPage from './AuditPage.svelte';

beforeEach(() => router.go('/audit'));

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  forgetQueries();
});

const rows = () => screen.findAllByTestId('audit-row');

describe('the list', () => {
  it('reads older entries only when they are asked for', async () => {
    const list = vi.spyOn(commands, 'listAudit');
    render(AuditPage);
    await rows();
    const known = () => Number(screen.getByRole('table').getAttribute('aria-rowcount')) - 1;
    expect(known()).toBe(100);
    expect(list).toHaveBeenCalledOnce();
    await userEvent.click(screen.getByTestId('audit-more'));
    await waitFor(() => expect(known()).toBe(200));
    await userEvent.click(screen.getByTestId('audit-more'));
    await waitFor(() => expect(known()).toBe(240));
    expect(screen.queryByTestId('audit-more')).toBeNull();
    // However many are known, only those near what is in sight are in the document.
    expect((await rows()).length).toBeLessThan(40);
    expect((await rows())[0]?.dataset.sequence).toBe('240');
  });

  it('begins with what the address asks for', async () => {
    router.go('/audit?kind=export-config');
    render(AuditPage);
    const actions = (await rows()).map((row) => row.dataset.action);
    expect(new Set(actions)).toEqual(new Set(['export-config.update', 'export-config.create']));
    expect(screen.getByTestId<HTMLSelectElement>('audit-filter-kind').value).toBe('export-config');
  });

  it('keeps what is chosen in the address, and a kind’s things with the kind', async () => {
    router.go('/audit?kind=person&object=x');
    render(AuditPage);
    await screen.findByTestId('state-empty');
    await userEvent.selectOptions(screen.getByTestId('audit-filter-kind'), 'signing-key');
    await waitFor(() => expect(location.hash).toBe('#/audit?kind=signing-key'));
    await userEvent.click(screen.getByTestId('audit-filter-clear'));
    await waitFor(() => expect(location.hash).toBe('#/audit'));
  });

  it('takes only times that can be read', async () => {
    router.go('/audit?time=between');
    render(AuditPage);
    await rows();
    await userEvent.type(screen.getByTestId('audit-filter-from'), '2026-11-31');
    expect((await screen.findByTestId('audit-filter-problem')).textContent).toContain('not a time');
    expect(location.hash).toBe('#/audit?time=between');
    await userEvent.clear(screen.getByTestId('audit-filter-from'));
    await userEvent.type(screen.getByTestId('audit-filter-from'), '2026-11-23 16:00');
    await waitFor(() => expect(location.hash).toBe('#/audit?time=between&from=2026-11-23T16%3A00%3A00Z'));
    expect(screen.queryByTestId('audit-filter-problem')).toBeNull();
  });

  it('opens what an entry changed', async () => {
    router.go('/audit?action=person.update');
    render(AuditPage);
    await userEvent.click(await screen.findByTestId('audit-toggle'));
    const changes = await screen.findAllByTestId('audit-change');
    expect(changes.map((row) => row.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
      'Roles−Before: viewer+After: viewer, operator',
    ]);
  });
});

describe('saving', () => {
  it('saves what is chosen, and says where and how much', async () => {
    const save = vi.spyOn(commands, 'exportAudit').mockResolvedValue({
      path: '~/x.json',
      entries: 1,
      broken: null,
    });
    router.go('/audit?actor=local&result=failed');
    render(AuditPage);
    await userEvent.click(await screen.findByTestId('audit-export-json'));
    const text = (await screen.findByTestId('audit-export-saved')).textContent ?? '';
    expect(text).toContain('Saved 1 entry to');
    expect(text).toContain('~/x.json');
    expect(save.mock.calls[0]?.[0]).toMatchObject({ actor_id: 'local', result: 'failed', action: null });
    expect(save.mock.calls[0]?.[1]).toBe('json');
  });
});

describe('the check of the chain', () => {
  const check = async () => {
    await userEvent.click(await screen.findByTestId('audit-verify'));
    return screen.findByTestId('audit-verification');
  };

  it('says from where to where the log is whole', async () => {
    render(AuditPage);
    const result = await check();
    expect(result.dataset.judgement).toBe('whole');
    expect(result.textContent).toContain('Intact from entry 1 to entry 240.');
    expect(screen.getByTestId('audit-head').dataset.fingerprint).toBe(auditCheck.verification.head?.hash);
    expect(screen.queryByTestId('audit-accept')).toBeNull();
  });

  it('says where it breaks and what to do', async () => {
    vi.spyOn(commands, 'verifyAudit').mockResolvedValue(brokenAuditCheck);
    render(AuditPage);
    const result = await check();
    expect(result.textContent).toContain('The chain breaks at entry 142.');
    expect(result.textContent).toContain('Save the whole log as JSON now');
    expect(screen.queryByTestId('audit-accept'), 'a broken log is never taken as right').toBeNull();
  });

  it('says that this console found what the daemon denies', async () => {
    vi.spyOn(commands, 'verifyAudit').mockResolvedValue(untrueAuditCheck);
    render(AuditPage);
    const result = await check();
    expect(result.dataset.judgement).toBe('untrue');
    expect(result.textContent).toContain('The chain breaks at entry 142.');
    expect(result.textContent).toContain('The daemon calls its log whole.');
    expect(result.textContent).not.toContain('hold together');
    expect(screen.queryByTestId('audit-accept')).toBeNull();
  });

  it('takes another log as right only on purpose, and checks it again', async () => {
    const verify = vi.spyOn(commands, 'verifyAudit').mockResolvedValueOnce(cutAuditCheck);
    render(AuditPage);
    expect((await check()).textContent).toContain('entry 188');
    verify.mockResolvedValueOnce(cutAuditCheck).mockResolvedValueOnce(auditCheck);
    await userEvent.click(screen.getByTestId('audit-accept'));
    await userEvent.click(await screen.findByTestId('confirm'));
    await waitFor(() => expect(screen.getByTestId('audit-verification').dataset.judgement).toBe('whole'));
    expect(verify.mock.calls).toEqual([[false], [true], [false]]);
  });
});
