import { render } from 'preact';
import { App } from './app.tsx';
import { readReport } from './report.ts';

const { version, files } = readReport();
const root = document.getElementById('app');
if (root !== null) {
  root.textContent = '';
  render(<App version={version} files={files} />, root);
}
