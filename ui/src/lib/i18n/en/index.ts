import { attention } from './attention';
import { audit } from './audit';
import { batches } from './batches';
import { common } from './common';
import { enrol } from './enrol';
import { errors } from './errors';
import { exportConfigs } from './export-configs';
import { findAKey } from './find-a-key';
import { format } from './format';
import { keyLife } from './key-life';
import { messages } from './messages';
import { overview } from './overview';
import { people } from './people';
import { compromise, rotation } from './rotation';
import { settings } from './settings';
import { shell } from './shell';
import { signingDesk } from './signing-desk';
import { signingKeys } from './signing-keys';
import { storage } from './storage';
import { viewer } from './viewer';

export const en = {
  attention,
  audit,
  batches,
  compromise,
  common,
  enrol,
  errors,
  exportConfigs,
  findAKey,
  format,
  keyLife,
  messages,
  overview,
  people,
  rotation,
  settings,
  shell,
  signingDesk,
  signingKeys,
  storage,
  viewer,
};
