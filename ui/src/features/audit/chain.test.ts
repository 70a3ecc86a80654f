import { describe, expect, it } from 'vitest';
import { auditCheck, brokenAuditCheck } from '../../../tests/fake/records';
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

  it('takes an empty log for what it is', () => {
    const verification = { ...auditCheck.verification, head: null, at: null };
    expect(judge({ verification, earlier: null, agrees: null })).toBe('empty');
  });
});
