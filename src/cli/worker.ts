import { join } from 'node:path';
import { loadCommandLine } from './start.ts';

loadCommandLine(join(__dirname, 'main.cjs')).commandLine.serve();
