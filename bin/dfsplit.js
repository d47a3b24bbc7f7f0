#!/usr/bin/env node
const { join } = require('node:path');
const { loadCommandLine } = require('../dist/cli/start.cjs');

loadCommandLine(join(__dirname, '../dist/cli/main.cjs')).commandLine.main(process.argv.slice(2));
