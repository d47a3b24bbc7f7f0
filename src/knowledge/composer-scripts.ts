/** Scripts that composer runs by itself: https://getcomposer.org/doc/articles/scripts.md */
const EVENTS = [
  'pre-install-cmd',
  'post-install-cmd',
  'pre-autoload-dump',
  'post-autoload-dump',
  'post-update-cmd',
  'post-root-package-install',
];

/** Console commands that write below the project alone: https://laravel.com/docs/deployment#optimization, https://symfony.com/doc/current/console.html */
const CONSOLE =
  /^((config|route|view|event|cache|icons):(cache|clear|warmup)|optimize(:clear)?|storage:link|key:generate|assets:install|assetic:dump|asset-map:compile|importmap:install|package:discover|vendor:publish|filament:(upgrade|assets|cache-components)|livewire:discover|about|list)$/;

/** True for a console command of Laravel or Symfony that writes below the project alone. */
export const isProjectTask = (task: string): boolean => CONSOLE.test(task);

/** Callbacks in PHP that the frameworks' own templates have in them. */
const CALLBACKS =
  /^(Illuminate\\Foundation\\ComposerScripts|Sensio\\Bundle\\DistributionBundle\\Composer\\ScriptHandler|Incenteev\\ParameterHandler\\ScriptHandler)::\w+$/;
const CONSOLE_CALL = /^(?:@?php\s+)?(?:\.\/)?(?:artisan|bin\/console|app\/console)\s+(\S+)/;
/** `@php -r "file_exists('.env') || copy('.env.example', '.env');"`: names of files in the project alone. */
const COPY = /^@?php\s+-r\s+"file_exists\('[\w.-]+'\)\s*\|\|\s*copy\('[\w.-]+',\s*'[\w.-]+'\);?"$/;

type Scripts = Readonly<Record<string, unknown>>;

/** What composer.json has beside the dependencies: scripts that run by themselves, and a folder of its own for what is installed. */
export interface ComposerManifest {
  readonly hasScripts: boolean;
  /** The first script that may write outside the project; null where there is none. */
  readonly stranger: string | null;
  /** Relative to the project. */
  readonly vendor: string | null;
}

/** The manifest as far as it can be read: nothing is known of one that is not there. */
export function composerManifest(text: string | null): ComposerManifest {
  const stranger = strangeScript(text);
  try {
    const { scripts = {}, config } = JSON.parse(text ?? '') as {
      readonly scripts?: Scripts;
      readonly config?: Readonly<Record<string, unknown>>;
    };
    const vendor = config?.['vendor-dir'];
    const hasScripts = EVENTS.some((event) => scripts[event] !== undefined);
    return { hasScripts, stranger, vendor: typeof vendor === 'string' ? vendor : null };
  } catch {
    return { hasScripts: true, stranger, vendor: null };
  }
}

/** The first script of a composer.json that may write outside the project; null where there is none. */
function strangeScript(text: string | null): string | null {
  if (text === null || text.trim() === '') return 'the scripts of composer.json';
  try {
    const { scripts = {} } = JSON.parse(text) as { readonly scripts?: Scripts };
    for (const event of EVENTS) {
      const found = strangerIn(scripts[event], scripts, 0);
      if (found !== null) return found;
    }
    return null;
  } catch {
    return 'the scripts of composer.json';
  }
}

function strangerIn(script: unknown, scripts: Scripts, depth: number): string | null {
  if (script === undefined) return null;
  if (depth > 6) return 'scripts of composer.json that call each other';
  if (Array.isArray(script)) {
    for (const one of script) {
      const found = strangerIn(one, scripts, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }
  // Symfony Flex: the command of the console with the kind that runs it.
  if (typeof script === 'object' && script !== null) {
    const own = Object.entries(script).find(
      ([name, kind]) => kind !== 'symfony-cmd' || !CONSOLE.test(name.split(/\s+/)[0] ?? ''),
    );
    return own === undefined ? null : own[0];
  }
  if (typeof script !== 'string') return 'a script of composer.json';
  const line = script.trim();
  const reference = /^@([\w-]+)$/.exec(line)?.[1];
  if (reference !== undefined && scripts[reference] !== undefined)
    return strangerIn(scripts[reference], scripts, depth + 1);
  const task = CONSOLE_CALL.exec(line)?.[1];
  const known = (task !== undefined && CONSOLE.test(task)) || CALLBACKS.test(line) || COPY.test(line);
  return known ? null : line;
}
