/** Texts of the export configs’ pages. */
import { configFiles } from './files';
import { configForm } from './form';
import { configList } from './list';
import { configPreview } from './preview';
import { configSaving } from './saving';

export const exportConfigs = {
  ...configList,
  ...configForm,
  ...configPreview,
  ...configSaving,
  ...configFiles,
};
