import { checkNode } from './check-node.mjs';

checkNode();
import('./bootstrap.mjs').then(({ run }) => run('voices'));
