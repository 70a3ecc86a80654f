import { common } from './common';
import { errors } from './errors';
import { format } from './format';
import { shell } from './shell';

export const en = { common, errors, format, shell };
