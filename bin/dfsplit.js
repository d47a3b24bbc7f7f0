#!/usr/bin/env node
import { loadCommandLine } from '../dist/cli/start.js';

await loadCommandLine(new URL('../dist/cli/main.cjs', import.meta.url)).commandLine.main(process.argv.slice(2));
