import { describe, expect, it } from 'vitest';
import { auditCheck, brokenAuditCheck, untrueAuditCheck } from '../../../tests/fake/records';
import { judge } from './chain';

describe('judge', () => {
  it('tells a whole log from one that is seen for the first time', () => {
    expect(judge(auditCheck)).toBe('whole');
    expect(judge({ ...auditCheck, earlier: null, agrees: null })).toBe('first');
  });

  it('finds a log that holds together and is another one', () => {
    expect(judge({ ...auditCheck, agrees: false })).toBe('other');
    const verification = { ...auditCheck.verification, head: null, at: null };
    expect(judge({ ...auditCheck, verification, agrees: false }), 'emptied').toBe('other');
  });

  it('says of a break before anything else that it is one', () => {
    expect(judge(brokenAuditCheck)).toBe('broken');
  });

  it('finds that the daemon calls a log whole that isn’t', () => {
    expect(judge(untrueAuditCheck)).toBe('untrue');
    expect(judge({ ...untrueAuditCheck, agrees: false })).toBe('untrue');
  });

  it('takes an empty log for what it is', () => {
    const verification = { ...auditCheck.verification, head: null, at: null };
    expect(judge({ verification, read: { entries: 0, broken: null }, earlier: null, agrees: null })).toBe(
      'empty',
    );
  });
});
