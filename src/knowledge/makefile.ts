import { type Condition, closing, isConditional, turn, UNKNOWN } from './makefile-conditions.ts';
import { makeFunction, stemOf, substitute, words } from './makefile-functions.ts';
import { table } from './table.ts';

/** GNU make: https://www.gnu.org/software/make/manual/make.html. Of a makefile with more than this reads, null is said. */
interface Rule {
  readonly prerequisites: readonly string[];
  /** Behind `|`: made before, and not among the words that `$^` stands for. */
  readonly before: readonly string[];
  readonly recipe: readonly string[];
  /** What `%` stands for in a pattern for certain targets. */
  readonly stem?: string;
}

interface Makefile {
  readonly variables: ReadonlyMap<string, string>;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly patterns: readonly { readonly target: string; readonly rule: Rule }[];
  readonly first: string | null;
  /** What make runs as it reads the file. */
  readonly ran: readonly { readonly script: string; readonly certain: boolean }[];
}

/** What a call of make finds around it. */
export interface MakeWorld {
  /** Targets of the command line; [] is the first one of the file. */
  readonly targets: readonly string[];
  /** `NAME=value` of the command line, which win over the file. */
  readonly variables: ReadonlyMap<string, string>;
  /** The environment; null is a value that is not known. */
  readonly env: (name: string) => string | null | undefined;
  /** Names of the files in the folder. */
  readonly files: readonly string[];
  /** Names of what lies in a folder below it, folders with a slash behind; null where that is not known. */
  readonly list: (folder: string) => readonly string[] | null;
  /** The folder that make runs in. */
  readonly folder: string;
}

// https://www.gnu.org/software/make/manual/html_node/Implicit-Variables.html
const IMPLICIT = table<string>({
  CC: 'cc',
  CXX: 'g++',
  CPP: 'cc -E',
  AR: 'ar',
  ARFLAGS: 'rv',
  RM: 'rm -f',
  MAKE: 'make',
  INSTALL: 'install',
});
const MOST_LINES = 400;

/** The recipes that make would run, in order, as one shell script; null where the file has what is not read here. */
export function makefileScript(text: string, world: MakeWorld): string | null {
  const makefile = readMakefile(text, world);
  if (makefile === null) return null;
  const lines: string[] = [];
  const done = new Set<string>();
  const goals = world.targets.length > 0 ? world.targets : makefile.first === null ? [] : [makefile.first];
  for (const goal of goals) if (!build(goal, makefile, world, lines, done, true)) return null;
  // What a recipe has the result of is read there.
  const first = makefile.ran
    .filter(({ script }) => !lines.some((line) => line.includes(script)))
    .map(({ script, certain }) => `(${certain ? '' : `[ -e ${UNKNOWN} ] && `}: ${script}\n)`);
  return lines.length > 0 && lines.length <= MOST_LINES ? [...first, ...lines].join('\n') : null;
}

function logicalLines(text: string): string[] {
  const lines: string[] = [];
  let open = '';
  for (const line of text.replace(/\r\n/g, '\n').split('\n')) {
    const joined = open + line;
    // In a recipe the shell reads the continuation, elsewhere make does.
    if (/(^|[^\\])\\$/.test(line)) open = joined.startsWith('\t') ? `${joined}\n` : `${joined.slice(0, -1)} `;
    else {
      lines.push(joined);
      open = '';
    }
  }
  return open === '' ? lines : [...lines, open];
}

/** The calls of `$(shell …)` in a text. */
function shellCalls(text: string): string[] {
  const calls: string[] = [];
  for (let at = text.indexOf('$(shell '); at >= 0; at = text.indexOf('$(shell ', at)) {
    const start = at;
    let depth = 0;
    for (; at < text.length; at++)
      if (text[at] === '(') depth++;
      else if (text[at] === ')' && --depth === 0) break;
    calls.push(text.slice(start, at + 1));
  }
  return calls;
}

function readMakefile(text: string, world: MakeWorld): Makefile | null {
  const ran: { script: string; certain: boolean }[] = [];
  const variables = new Map<string, string>();
  const rules = new Map<string, Rule>();
  const patterns: { target: string; rule: Rule }[] = [];
  let first: string | null = null;
  let recipe: string[] | null = null;
  const lookup = (name: string): string | null => value(name, variables, world);
  const conditions: Condition[] = [];
  let defined: string | null = null;
  for (const raw of logicalLines(text)) {
    const line = raw.replace(/(^|[^\\])#.*$/s, '$1').trim();
    if (defined !== null) {
      if (line === 'endef') defined = null;
      continue;
    }
    const definition = /^define\s+([\w.-]+)/.exec(line);
    if (definition !== null) {
      defined = definition[1] as string;
      variables.set(defined, fixed(UNKNOWN));
      continue;
    }
    if (isConditional(line)) {
      if (!turn(line, conditions, (side) => expand(side, lookup, new Map(), world), lookup)) return null;
      continue;
    }
    if (conditions.includes('no') || conditions.includes('done')) continue;
    const doubtful = conditions.includes('unknown');
    if (raw.startsWith('\t') && recipe !== null) {
      if (doubtful) return null;
      recipe.push(raw.slice(1));
      continue;
    }
    if (
      line === '' ||
      /^(-include|sinclude|\.(PHONY|SUFFIXES|DEFAULT_GOAL|SILENT|PRECIOUS)\b)|^(un)?export( [\w ]+)?$/.test(line)
    )
      continue;
    if (/^(include|vpath|load)\b/.test(line)) return null;
    const assigned = /^(?:(?:export|override)\s+)*([\w.-]+)\s*(::?|\?|\+|!)?=\s*([\s\S]*)$/.exec(line);
    if (assigned !== null) {
      const [, name = '', kind = '', given = ''] = assigned;
      recipe = null;
      // What make runs as it reads the file, it runs for any target.
      const calls = kind === '!' ? [`$(shell ${given})`] : kind.startsWith(':') ? shellCalls(given) : [];
      for (const call of calls) {
        const script = expand(call, lookup, new Map(), world) ?? UNKNOWN;
        // A result that is no call any more needs no shell.
        if (script.startsWith('$(')) ran.push({ script, certain: !doubtful });
      }
      if (kind === '!' || doubtful) variables.set(name, fixed(UNKNOWN));
      else if (kind === '+') variables.set(name, `${variables.get(name) ?? ''} ${given}`.trim());
      else if (kind !== '?' || (!variables.has(name) && world.env(name) === undefined))
        variables.set(name, kind.startsWith(':') ? fixed(expand(given, lookup, new Map(), world) ?? UNKNOWN) : given);
      continue;
    }
    const rule = /^([^:=]+)::?([^;=]*)(?:;([\s\S]*))?$/.exec(line);
    if (rule === null || doubtful) return null;
    const targets = words(expand(rule[1] ?? '', lookup, new Map(), world));
    const given = expand(rule[2] ?? '', lookup, new Map(), world);
    if (targets === null || given === null) return null;
    // `a.o b.o: %.o: %.c` is a pattern for these targets alone.
    const shape = /^\s*([^\s%]*%[^\s:]*)\s*:([\s\S]*)$/.exec(given);
    const [made = '', ordered = ''] = (shape?.[2] ?? given).split('|');
    const [prerequisites, before] = [words(made) ?? [], words(ordered) ?? []];
    const isPattern = prerequisites.some((one) => one.includes('%'));
    if (shape === null && isPattern && targets.some((target) => !target.includes('%'))) return null;
    recipe = rule[3] === undefined ? [] : [rule[3].trim()];
    for (const target of targets) {
      if (shape === null && target.includes('%')) {
        patterns.push({ target, rule: { prerequisites, before, recipe } });
        continue;
      }
      const stem = shape === null ? '' : stemOf(target, shape[1] ?? '');
      if (stem === null) return null;
      const old = rules.get(target);
      rules.set(target, {
        prerequisites: [...(old?.prerequisites ?? []), ...prerequisites.map((one) => one.replace('%', stem))],
        before: [...(old?.before ?? []), ...before],
        // The recipe below belongs to this rule, where it has one.
        recipe: old !== undefined && old.recipe.length > 0 ? old.recipe : recipe,
        ...(shape === null ? {} : { stem }),
      });
      if (first === null && !target.startsWith('.')) first = target;
    }
  }
  return conditions.length > 0 ? null : { variables, rules, patterns, first, ran };
}

/** A value that is expanded already. */
export const fixed = (text: string): string => text.replaceAll('$', '$$$$');

function value(name: string, variables: ReadonlyMap<string, string>, world: MakeWorld): string | null {
  const given = world.variables.get(name) ?? variables.get(name) ?? world.env(name);
  return given === undefined ? (placeOf(name, world) ?? IMPLICIT[name] ?? '') : given;
}

/** https://www.gnu.org/software/make/manual/html_node/Quick-Reference.html; the shell exports PWD. */
const placeOf = (name: string, { folder }: MakeWorld): string | undefined =>
  name === 'CURDIR' || name === 'PWD' ? folder : undefined;

/** Expands `$(NAME)`, `${NAME}`, `$X` and the functions that lists are made with; null where one cannot be. */
function expand(
  text: string,
  lookup: (name: string) => string | null,
  automatic: ReadonlyMap<string, string>,
  world: MakeWorld,
  depth = 0,
): string | null {
  if (depth > 20) return null;
  let out = '';
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '$') {
      out += text[at];
      continue;
    }
    const next = text[++at] ?? '';
    if (next === '$') {
      out += '$';
      continue;
    }
    let inner = next;
    if (next === '(' || next === '{') {
      const close = closing(text, at);
      if (close < 0) return null;
      inner = text.slice(at + 1, close);
      at = close;
    }
    const part = reference(inner, lookup, automatic, world, depth);
    if (part === null) return null;
    out += part;
  }
  return out;
}

function reference(
  inner: string,
  lookup: (name: string) => string | null,
  automatic: ReadonlyMap<string, string>,
  world: MakeWorld,
  depth: number,
): string | null {
  const again = (text: string): string | null => expand(text, lookup, automatic, world, depth + 1);
  const call = /^([a-z-]+)\s+([\s\S]*)$/.exec(inner);
  if (call !== null) return makeFunction(call[1] as string, call[2] as string, again, world);
  const changed = /^([\w.]+):([^=]*)=(.*)$/.exec(inner);
  if (changed !== null) {
    const list = words(again(`$(${changed[1]})`));
    const [from, to] = [again(changed[2] ?? ''), again(changed[3] ?? '')];
    if (list === null || from === null || to === null) return null;
    return list
      .map((word) => substitute(word, from.includes('%') ? from : `%${from}`, to.includes('%') ? to : `%${to}`))
      .join(' ');
  }
  const own = automatic.get(inner);
  if (own !== undefined) return own;
  if (!/^[\w.-]+$/.test(inner)) return null;
  const found = lookup(inner);
  return found === null ? UNKNOWN : again(found);
}

/** Appends the recipes of a target behind those of its prerequisites; false where no rule makes it and it is no file. */
function build(
  target: string,
  makefile: Makefile,
  world: MakeWorld,
  lines: string[],
  done: Set<string>,
  goal = false,
  chain: readonly string[] = [],
): boolean {
  if (done.has(target)) return true;
  done.add(target);
  if (lines.length > MOST_LINES) return false;
  const rule = ruleFor(target, makefile, world, chain);
  if (rule === null) return !goal || world.files.includes(target);
  const behind = rule.pattern === undefined ? [] : [...chain, rule.pattern];
  for (const one of [...rule.prerequisites, ...rule.before])
    if (!build(one, makefile, world, lines, done, false, behind)) return false;
  const source = rule.prerequisites[0] ?? '';
  const folder = (path: string): string => (path.includes('/') ? path.replace(/\/[^/]*$/, '') : '.');
  const automatic = new Map([
    ['@', target],
    ['<', source],
    ['^', [...new Set(rule.prerequisites)].join(' ')],
    ['+', rule.prerequisites.join(' ')],
    ['?', rule.prerequisites.join(' ')],
    ['*', rule.stem],
    ['@D', folder(target)],
    ['@F', target.replace(/^.*\//, '')],
    ['<D', folder(source)],
    ['<F', source.replace(/^.*\//, '')],
  ]);
  const lookup = (name: string): string | null => value(name, makefile.variables, world);
  for (const line of rule.recipe) {
    const text = expand(line.replace(/^[@+\s-]+/, ''), lookup, automatic, world);
    if (text === null) return false;
    // Each line has a shell of its own.
    if (text.trim() !== '') lines.push(`(${text}\n)`);
  }
  return true;
}

/** No pattern serves twice in a chain: https://www.gnu.org/software/make/manual/html_node/Chained-Rules.html */
function ruleFor(
  target: string,
  { rules, patterns }: Makefile,
  world: MakeWorld,
  chain: readonly string[],
): (Rule & { readonly stem: string; readonly pattern?: string }) | null {
  const own = rules.get(target);
  if (own !== undefined && own.recipe.length > 0) return { ...own, stem: own.stem ?? '' };
  const exists = (name: string): boolean => rules.has(name) || world.files.includes(name);
  for (const { target: pattern, rule } of patterns) {
    const stem = stemOf(target, pattern);
    if (stem === null || chain.includes(pattern)) continue;
    const prerequisites = rule.prerequisites.map((one) => one.replace('%', stem));
    return {
      prerequisites: [...prerequisites, ...(own?.prerequisites ?? [])],
      before: [...rule.before, ...(own?.before ?? [])],
      recipe: rule.recipe,
      stem,
      pattern,
    };
  }
  const stem = target.replace(/\.o$/, '');
  const made = own?.prerequisites ?? [];
  for (const [suffix, compiler, flags] of [
    ['.c', '$(CC)', '$(CFLAGS)'],
    ['.cc', '$(CXX)', '$(CXXFLAGS)'],
    ['.cpp', '$(CXX)', '$(CXXFLAGS)'],
  ] as const) {
    if (!exists(stem + suffix)) continue;
    const prerequisites = [stem + suffix, ...made.filter((one) => one !== stem + suffix)];
    const before = own?.before ?? [];
    if (target.endsWith('.o'))
      return { prerequisites, before, recipe: [`${compiler} ${flags} $(CPPFLAGS) -c -o $@ $<`], stem };
    const sources = prerequisites.filter((one) => !/\.h(h|pp)?$/.test(one)).join(' ');
    const link = `${compiler} ${flags} $(CPPFLAGS) $(LDFLAGS) ${sources} $(LOADLIBES) $(LDLIBS) -o $@`;
    return { prerequisites, before, recipe: [link], stem };
  }
  return own === undefined ? null : { ...own, stem: own.stem ?? '' };
}
