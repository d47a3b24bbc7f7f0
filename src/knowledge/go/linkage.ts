import { type Linkage, OPEN, type ParsedWords, type ToolCall } from '../ecosystem.ts';
import { moduleOf, readSources } from './sources.ts';

// Packages of the standard library that never reach cgo (net, os/user, plugin and what imports them do).
const PURE =
  /^(bufio|bytes|cmp|compress\/\w+|container\/\w+|context|crypto\/(md5|sha\d+|rand|aes|cipher|hmac|subtle|des|rc4|ecdsa|ed25519|elliptic|rsa)|database\/sql|embed|encoding(\/\w+)?|errors|flag|fmt|hash(\/\w+)?|html(\/template)?|image(\/\w+)*|index\/suffixarray|io(\/\w+)?|iter|log|log\/slog|maps|math(\/\w+)*|mime|os|os\/signal|os\/exec|path(\/filepath)?|reflect|regexp(\/syntax)?|runtime(\/(debug|pprof|trace))?|slices|sort|strconv|strings|sync(\/\w+)?|syscall|testing\/fstest|text(\/\w+)*|time|unicode(\/\w+)?|unique|unsafe|archive\/zip|bufio)$/;

/** The flags of a build with those that GOFLAGS adds: https://pkg.go.dev/cmd/go#hdr-Environment_variables */
function flagsOf(call: ToolCall, words: ParsedWords): ReadonlyMap<string, string | true | null> {
  const added = (call.env('GOFLAGS') ?? '').split(/\s+/).filter((word) => word.startsWith('-'));
  return new Map<string, string | true | null>([
    ...added.map((word): [string, string | true] => {
      const [name = '', ...value] = word.split('=');
      return [name, value.length > 0 ? value.join('=') : true];
    }),
    ...words.flags,
  ]);
}

/** `-X name=value` gives a variable of the program its value: https://pkg.go.dev/cmd/link */
const VARIABLE = /-X[ =]+(?:'[^'\s=]+=[^']*'|"[^"\s=]+=[^"]*"|[^'"\s=]+=\S*)/g;

/** The flags with those for the linker, where all that is not known of them is the value of a variable of the program. */
function withOutline(
  flags: ReadonlyMap<string, string | true | null>,
  outline: string | undefined,
): ReadonlyMap<string, string | true | null> {
  const rest = outline?.replace(VARIABLE, '');
  return rest === undefined || rest.includes(OPEN) ? flags : new Map([...flags, ['-ldflags', rest]]);
}

/**
 * What a program needs of the C library. A position-independent program is started by the dynamic loader even where it
 * needs no library: https://pkg.go.dev/cmd/go#hdr-Build_modes
 */
export function linkage(call: ToolCall, folder: string, words: ParsedWords): Linkage {
  const flags = withOutline(flagsOf(call, words), words.outlines.get('-ldflags'));
  if (flags.has('-linkshared') || flags.get('-buildmode') === null || flags.get('-ldflags') === null) return 'unknown';
  const mode = flags.get('-buildmode');
  const dynamic =
    (typeof mode === 'string' && !/^(exe|default|archive)$/.test(mode)) ||
    ['-race', '-msan', '-asan'].some((flag) => flags.has(flag));
  const found = plainLinkage(call, folder, flags);
  return dynamic && found === 'static' ? 'libc' : found;
}

function plainLinkage(call: ToolCall, folder: string, flags: ReadonlyMap<string, string | true | null>): Linkage {
  if (call.env('CGO_ENABLED') === '0') return 'static';
  const module = moduleOf(folder, call.files);
  const sources = readSources(module?.root ?? folder, call.files);
  const tags = String(flags.get('-tags') ?? '').split(/[\s,]+/);
  const withoutResolver = tags.includes('netgo') && tags.includes('osusergo');
  const linker = String(flags.get('-ldflags') ?? '');
  const external = /-linkmode[ =]'?external/.test(linker) && /-static(?![\w-])/.test(linker);
  // A static C library of GNU loads others to look up names and accounts; that of musl does not.
  if (external && (call.image?.libc === 'musl' || withoutResolver)) return 'static';
  if (sources === null || !sources.hasMain) return 'unknown';
  const own = module?.path;
  const imports = [...sources.imports];
  const isOwn = (path: string): boolean => own !== undefined && (path === own || path.startsWith(`${own}/`));
  const isStandard = (path: string): boolean => path.split('/')[0]?.includes('.') !== true;
  if (imports.every((path) => PURE.test(path) || isOwn(path))) return 'static';
  if (sources.imports.has('C')) return 'unknown';
  const standard = imports.every((path) => isStandard(path) || isOwn(path));
  if (standard && withoutResolver && !imports.some((path) => /^(plugin|runtime\/cgo)$/.test(path))) return 'static';
  // Another module may bring C++ along, which needs its run-time library.
  return standard ? 'libc' : 'cpp';
}
