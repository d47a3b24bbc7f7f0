import { render } from '../diagnostics/catalogue.ts';
import { harmlessJson } from './harmless.ts';
import { rowsOf, type VerifiedFile } from './verification.ts';

/** `dfsplit verify --json`: one document. README.md describes it. */
export function verificationJson(files: readonly VerifiedFile[]): string {
  const counted = (result: string): number => files.filter((one) => one.verification.result === result).length;
  const summary = {
    files: files.length,
    equal: counted('equal'),
    different: counted('different'),
    notBuilt: counted('not-built'),
    originalNotBuilt: counted('original-not-built'),
    notSplit: counted('not-split'),
  };
  return `${harmlessJson({ version: 1, files: files.map(fileJson), summary }, 2)}\n`;
}

function fileJson({ path, original, engine, verification }: VerifiedFile): Record<string, unknown> {
  const { result, comparison, failure, findings } = verification;
  return {
    path,
    engine,
    result,
    checks: rowsOf(verification),
    findings: findings.map((one) => {
      const { code, name, severity, line, message, help } = render(one, original);
      return { check: one.check, code, name, severity, line, message, help, before: one.before, after: one.after };
    }),
    gone: comparison?.files.gone ?? [],
    added: comparison?.files.added ?? [],
    sizes: comparison?.sizes ?? null,
    failure,
  };
}
