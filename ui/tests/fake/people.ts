/** What the recorded daemon refuses about people. */
import { CommandFailure } from '../../src/lib/failure';

const detail =
  "Security officer is the last security officer who has enrolled and can't lose that role: nobody could change keys, people or roles any more. Let another security officer enrol first";

export const lastOfficer = new CommandFailure({
  code: 'conflict',
  title: 'Not possible as things stand',
  detail,
  next_step: '',
  problem: {
    type: 'urn:tekport:problem:conflict',
    title: 'Not possible as things stand',
    status: 409,
    detail,
    errors: [],
  },
});
