import type { Texts } from '../..';
import { configFiles } from './files';
import { configForm } from './form';
import { configList } from './list';
import { configPreview } from './preview';
import { configSaving } from './saving';

export const exportConfigs: Texts['exportConfigs'] = {
  ...configList,
  ...configForm,
  ...configPreview,
  ...configSaving,
  ...configFiles,
};
