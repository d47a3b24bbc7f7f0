import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ImageFiles, ToolCall } from '../ecosystem.ts';

const MOST_FOLDERS = 200;

/** Settings modules below the project: `settings.py`, and what lies in a folder of that name. */
function settings(folder: string, files: ImageFiles): readonly string[] | null {
  const texts: string[] = [];
  const queue = [folder];
  for (let at = queue.pop(), seen = 0; at !== undefined; at = queue.pop()) {
    if (++seen > MOST_FOLDERS) return null;
    for (const name of files.list(at) ?? []) {
      const path = resolvePath(at, name);
      if (name.endsWith('/') && !/^(\.|node_modules|venv|static|media)/.test(name)) queue.push(path);
      else if (/^settings\w*\.py$/.test(name) || (/\/settings$/.test(at) && name.endsWith('.py'))) {
        const text = files.read(path);
        if (text === null) return null;
        texts.push(text);
      }
    }
  }
  return texts.length === 0 || texts.every((text) => text.trim() === '') ? null : texts;
}

const PROJECT =
  /^(?:str\(|os\.path\.(?:join|abspath)\(\s*)*(?:BASE_DIR|BASE|BASE_PATH|PROJECT_ROOT|PROJECT_DIR|ROOT_DIR|ROOT|SITE_ROOT|HERE)\b/;

/** The value of a setting is a path below the project, told from its folder or by a name alone. */
const isInside = (value: string): boolean =>
  (PROJECT.test(value) && !/\.\.|["']\//.test(value)) || /^["'][^/"'.][^"']*["']/.test(value);

/**
 * The database is a file below the project: https://docs.djangoproject.com/en/stable/ref/settings/#databases. Commands that
 * fill it write nothing else.
 */
function keepsDatabaseInside(project: string, files: ImageFiles): boolean {
  const blocks = (settings(project, files) ?? []).flatMap((text) =>
    text.split(/^(?=[A-Za-z_])/m).filter((block) => /^DATABASES\b/.test(block)),
  );
  const all = blocks.join('\n');
  const engines = [...all.matchAll(/["']ENGINE["']\s*:\s*(["'][^"']*["'])?/g)].map(([, engine = '']) => engine);
  const names = [...all.matchAll(/["']NAME["']\s*:\s*(\S[^\n]*)/g)].map(([, name = '']) => name);
  return (
    engines.length > 0 &&
    engines.length === names.length &&
    engines.every((engine) => /\.sqlite3["']$/.test(engine)) &&
    names.every(isInside)
  );
}

/** The default of a variable that nothing sets here: `os.environ.get("STATIC_DIR", …)`. */
function withoutLookup(value: string, text: string, call: ToolCall): string {
  const [, from = '', name = '', other = value] =
    /^(os\.environ\.get|os\.getenv|env\.get)\(["'](\w+)["'],\s*(\S.*)\)$/.exec(value) ?? [];
  const isEnvironment = from.startsWith('os.') || /^env\s*=\s*os\.environ\b/m.test(text);
  // A file may set it: https://pypi.org/project/python-dotenv/
  return isEnvironment && !/dotenv|read_env/.test(text) && call.env(name) === undefined ? other : value;
}

/**
 * Where collectstatic copies to: https://docs.djangoproject.com/en/stable/ref/settings/#static-root. `inside`: below the
 * project; null where the settings do not tell.
 */
function staticRoot(call: ToolCall): string | null {
  const texts = settings(call.cwd, call.files);
  if (texts === null) return null;
  const values = texts.flatMap((text) =>
    [...text.matchAll(/^[ \t]*STATIC_ROOT[ \t]*=[ \t]*(\S.*)$/gm)].map((match) =>
      withoutLookup((match[1] ?? '').trim(), text, call),
    ),
  );
  // Other storages write elsewhere.
  const storages =
    texts
      .join('\n')
      .match(/(?:STATICFILES_STORAGE[ \t]*=|["']staticfiles["'][ \t]*:)[^\n]*(?:\n[^\n]*)?(?:\n[^\n]*)?/g) ?? [];
  if (storages.some((text) => !/whitenoise|django\.contrib\.staticfiles|ManifestStaticFiles/.test(text))) return null;
  if (values.length === 0) return null;
  if (values.every(isInside)) return 'inside';
  const absolute = values.map((value) => /^(?:Path\()?["'](\/[^"']+)["']\)?\s*(#.*)?$/.exec(value)?.[1] ?? null);
  return absolute.length === 1 ? (absolute[0] ?? null) : null;
}

/**
 * What django-compressor makes lies below the static root, unless the settings say otherwise or name programs of their own:
 * https://github.com/django-compressor/django-compressor/blob/b509e46e93cf689fe42e49af20453b9a02d7db17/compressor/conf.py
 */
function isPlainCompressor(project: string, files: ImageFiles): boolean {
  const texts = settings(project, files);
  return (
    texts !== null &&
    !/COMPRESS_(ROOT|OUTPUT_DIR|PRECOMPILERS|STORAGE|OFFLINE_MANIFEST_STORAGE)|^STORAGES/m.test(texts.join('\n'))
  );
}

/** Commands of a Django project: https://docs.djangoproject.com/en/stable/ref/django-admin/ */
export function manage(call: ToolCall): BuildEffect[] {
  const at = call.argv.findIndex((word) => word?.endsWith('manage.py'));
  // `django-admin` knows of no project but that of the folder it runs in.
  const name = call.argv[at < 0 ? 1 : at + 1] ?? '';
  const project = resolvePath(call.cwd, at < 0 ? '.' : (call.argv[at] ?? '').replace(/manage\.py$/, './'));
  const inPlace: BuildEffect[] = [{ kind: 'builds-in-place', folder: project }];
  if (name === 'check' || name === 'test') return [{ kind: 'checks' }];
  if (name === 'compilemessages') return inPlace;
  if (/^(migrate|loaddata|flush|createsuperuser)$/.test(name ?? '') && keepsDatabaseInside(project, call.files))
    return inPlace;
  if (name === 'collectstatic' || (name === 'compress' && isPlainCompressor(project, call.files))) {
    const root = staticRoot({ ...call, cwd: project });
    if (root === 'inside') return inPlace;
    if (root !== null) return [...inPlace, { kind: 'writes', path: root, tree: true }];
  }
  return [
    ...inPlace,
    {
      kind: 'assumes',
      code: 'DF202',
      args: { command: `${at < 0 ? 'django-admin' : 'manage.py'} ${name}`.trim(), where: project },
    },
  ];
}
